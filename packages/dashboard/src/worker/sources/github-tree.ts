/** All files below a folder, also where they are too many for one answer: then folder by folder. */
import { jsonOf, unreadable } from './ask.ts';
import type { GithubClient } from './github-client.ts';
import { GITHUB_404 } from './github-refusal.ts';
import { fieldsOf, inOrder, treeRows } from './rows.ts';
import { SourceFailure, type TreeEntry } from './source.ts';

export interface TreeWanted {
  /** A branch or a commit. */
  readonly word: string;
  readonly folder: string;
  readonly signal: AbortSignal;
}

export async function githubTree(client: GithubClient, { word, folder, signal }: TreeWanted): Promise<TreeEntry[]> {
  const treeish = folder === '' ? word : `${word}:${folder}`;
  return inOrder(await below(treeish, { folder, client, signal }));
}

interface Walk {
  /** That the tree stands for. */
  readonly folder: string;
  readonly client: GithubClient;
  readonly signal: AbortSignal;
}

async function below(treeish: string, walk: Walk): Promise<TreeEntry[]> {
  const { folder } = walk;
  const at = (path: string): string => (folder === '' ? path : `${folder}/${path}`);
  const whole = await rowsOf(treeish, { depth: 'all', ...walk });
  if (whole.isWhole) return files(whole.rows, at);

  const here = await rowsOf(treeish, { depth: 'this', ...walk });
  if (!here.isWhole) throw unreadable('GitHub');
  const found = files(here.rows, at);
  // One after the other: GitHub asks for that.
  for (const { type, path, oid } of here.rows)
    if (type === 'tree') found.push(...(await below(oid, { ...walk, folder: at(path) })));
  return found;
}

const files = (rows: ReturnType<typeof treeRows>, at: (path: string) => string): TreeEntry[] =>
  rows.filter((it) => it.type === 'blob').map(({ path, oid, sizeBytes }) => ({ path: at(path), oid, sizeBytes }));

async function rowsOf(treeish: string, { depth, client, folder, signal }: Walk & { depth: 'all' | 'this' }) {
  const answer = await client.ask({
    path: `git/trees/${encodeURIComponent(treeish)}`,
    query: depth === 'all' ? { recursive: '1' } : {},
    also: [404],
    signal,
    what: `files of ${folder === '' ? 'the yard' : folder}`,
  });
  if (answer.status === 404) {
    // Git has no empty folders: one without a file is not there.
    if (folder !== '' && client.isKnown) return { rows: [], isWhole: true };
    throw new SourceFailure({ kind: 'not-found', reason: GITHUB_404 });
  }
  const { tree, truncated } = fieldsOf(jsonOf(answer, 'GitHub'));
  return { rows: treeRows(tree, 'GitHub'), isWhole: truncated !== true };
}
