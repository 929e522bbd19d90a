/** Writes the workflows into the folder of a repository. What somebody has there already stays as it is. */
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { makeFolder } from '../start/make-folder.ts';
import { fileOf, WORKFLOWS } from './list.ts';
import { renderWorkflow, type WorkflowSettings } from './render-workflow.ts';

export interface WrittenFile {
  /** From the top of the repository. */
  readonly file: string;
  readonly created: boolean;
}

export async function writeWorkflows(folder: string, settings: WorkflowSettings): Promise<readonly WrittenFile[]> {
  const written: WrittenFile[] = [];
  for (const workflow of WORKFLOWS) {
    const file = fileOf(workflow);
    const path = join(folder, file);
    await makeFolder(dirname(path));
    written.push({ file, created: await writeNew(path, await renderWorkflow(workflow, settings)) });
  }
  return written;
}

/** False: it is there already. */
async function writeNew(path: string, text: string): Promise<boolean> {
  try {
    await writeFile(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
