/**
 * A task instead of a build: it is written into a file, and the agent's own processor is started with the path of that file
 * as its one argument. What it prints is the answer, how it exits is the result. The folder it works in is removed at the
 * end like that of any build, whatever becomes of it.
 */
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { RESULT_TEXT_CHARACTERS, type Task } from '@gityard/domain';
import type { BuildContext } from './build-context.ts';
import { BuildError } from './build-error.ts';
import { prepareHome } from './prepare-home.ts';
import { runStep } from './run-step.ts';
import { scriptCommand } from './script-command.ts';
import { openOutputReader } from './stages/output-reader.ts';
import { taskFile } from './task-file.ts';

export async function runTask(build: BuildContext, task: Task): Promise<void> {
  const { request, folders, stages } = build;
  if (request.processor === undefined) throw new BuildError('policy', 'this agent has no processor for tasks');
  for (const stage of ['Fetch', 'Restore'] as const) stages.end(stage, 'Skipped', 'a task');
  await prepareHome(build);
  const file = join(folders.workspace, 'task.json');
  await writeFile(file, taskFile(request, task), { mode: 0o600 });

  const name = basename(request.processor);
  build.open(`${name} works on: ${task.text}`);
  stages.start('Build');
  const command = scriptCommand(request.processor);
  if (!command)
    throw new BuildError('infrastructure', `${name} needs PowerShell, and neither pwsh nor powershell is installed`);
  const step = { argv: [...command, file], shownAs: `${name} task.json`, progress: `${name} works on: ${task.text}` };
  await answered(build, step);
  stages.end('Build', 'Succeeded');
  for (const stage of ['Test', 'Package'] as const) stages.end(stage, 'Skipped');
}

/** What it printed is kept however it ends: it tells why. */
async function answered(build: BuildContext, step: Parameters<typeof runStep>[1]['step']): Promise<void> {
  const answer = openAnswer();
  const reader = openOutputReader();
  try {
    await runStep(build, { stage: 'Build', step, environment: {}, reader, onAnswer: answer.add });
  } catch (error) {
    build.found.firstErrors = reader.firstErrors();
    throw error;
  } finally {
    build.found.text = answer.text();
  }
}

/** The end of an output of any length. */
function openAnswer(): { add: (chunk: Buffer) => void; text: () => string } {
  const mostBytes = RESULT_TEXT_CHARACTERS * 4;
  let kept = Buffer.alloc(0);
  let cut = false;
  return {
    add(chunk) {
      const all = Buffer.concat([kept, chunk]);
      cut ||= all.length > mostBytes;
      kept = all.subarray(-mostBytes);
    },
    text: () => `${cut ? '…' : ''}${kept.toString('utf8')}`,
  };
}
