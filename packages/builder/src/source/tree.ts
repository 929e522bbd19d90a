/**
 * The files of a commit by their paths, with the ids that Git gives their contents: what two commits are compared by, and
 * what is part of the inputs of a project, without one byte of a file being read.
 */
import { isInsidePath } from '../artifacts/safe-path.ts';
import { BuildError } from '../build-error.ts';
import { runGit } from './git.ts';

interface TreeFile {
  /** As Git writes it: `100644`, `100755` for what can be run, `120000` for a link. */
  readonly mode: string;
  readonly blob: string;
}

export type Tree = ReadonlyMap<string, TreeFile>;

export interface TreeRequest {
  readonly gitDir: string;
  readonly commit: string;
  readonly stop: AbortSignal;
}

/** Some 600,000 files; a list that is longer has no beginning any more. */
const MOST_BYTES = 64 * 1024 * 1024;
const SUBMODULE = '160000';

export async function readTree({ gitDir, commit, stop }: TreeRequest): Promise<Tree> {
  const args = ['ls-tree', '-r', '-z', '--full-tree', '--end-of-options', commit];
  const text = await runGit({ args, gitDir, folder: gitDir, mostBytes: MOST_BYTES, stop });
  if (Buffer.byteLength(text) >= MOST_BYTES)
    throw new BuildError('code', `commit ${commit} has more files than a build server takes`);
  return treeFrom(text);
}

/** `mode type id<TAB>path`, each with a NUL at its end. */
export function treeFrom(text: string): Tree {
  const tree = new Map<string, TreeFile>();
  for (const row of text.split('\0')) {
    const tab = row.indexOf('\t');
    const [mode = '', , blob = ''] = row.slice(0, Math.max(0, tab)).split(' ');
    const path = row.slice(tab + 1);
    if (tab === -1 || mode === SUBMODULE) continue;
    // Git itself checks nothing of the kind out; what it refuses is not ours to write either.
    if (!isInsidePath(path) || /(^|\/)\.git(\/|$)/i.test(path))
      throw new BuildError('code', `the commit holds a file at ${JSON.stringify(path)}, where none can be`);
    tree.set(path, { mode, blob });
  }
  return tree;
}
