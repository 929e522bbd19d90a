/** What somebody proposes, however they name it: a file or folder that is there, a patch, a commit, a range. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ProposedFile, Yard } from '@gityard/yard';
import { fromFiles } from './from-files.ts';
import { fromPatch } from './from-patch.ts';
import { fromRange } from './from-range.ts';

export async function readProposal(
  name: string,
  { cwd, yard }: { readonly cwd: string; readonly yard: Yard },
): Promise<readonly ProposedFile[]> {
  // A branch may be called like a folder; a range never is.
  const found = await stat(resolve(cwd, name)).catch(() => undefined);
  if (!found) return fromRange(name, { cwd, head: yard.head });
  return found.isDirectory() || name.endsWith('.json') ? fromFiles(name, cwd) : fromPatch(name, { cwd, yard });
}
