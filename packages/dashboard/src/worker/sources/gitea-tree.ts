/** All files below a folder, page by page. Gitea gives a tree only by a branch, a commit or its own name, so a folder is looked up first. */
import { jsonOf } from './ask.ts';
import type { GiteaClient } from './gitea-client.ts';
import { encodedPath, fieldsOf, inOrder, listOf, OID, treeRows } from './rows.ts';
import { SourceFailure, type TreeEntry } from './source.ts';

const ROWS_A_PAGE = 1_000;

export interface GiteaTreeWanted {
  readonly word: string;
  readonly folder: string;
  readonly host: string;
  readonly signal: AbortSignal;
}

export async function giteaTree(client: GiteaClient, wanted: GiteaTreeWanted): Promise<TreeEntry[]> {
  const { word, folder, host, signal } = wanted;
  const treeish = folder === '' ? word : await treeOf(client, wanted);
  if (treeish === undefined) return [];
  const found: TreeEntry[] = [];
  for (let page = 1; ; page++) {
    const query = { recursive: 'true', page: `${page}`, per_page: `${ROWS_A_PAGE}` };
    const what = `files of ${folder === '' ? 'the yard' : folder}`;
    const answer = await client.ask({
      path: `git/trees/${encodeURIComponent(treeish)}`,
      query,
      also: [400],
      signal,
      what,
    });
    // How older ones say that there is no such branch.
    if (answer.status === 400) throw new SourceFailure({ kind: 'not-found', reason: `there is no ${word} at ${host}` });
    const { tree, truncated } = fieldsOf(jsonOf(answer, host));
    const rows = treeRows(tree ?? [], host);
    for (const { path, type, oid, sizeBytes } of rows)
      if (type === 'blob') found.push({ path: folder === '' ? path : `${folder}/${path}`, oid, sizeBytes });
    if (truncated !== true || rows.length === 0) return inOrder(found);
  }
}

/** undefined: there is no such folder. */
async function treeOf(
  client: GiteaClient,
  { word, folder, host, signal }: GiteaTreeWanted,
): Promise<string | undefined> {
  const cut = folder.lastIndexOf('/');
  const [parent, name] = [folder.slice(0, Math.max(0, cut)), folder.slice(cut + 1)];
  const path = parent === '' ? 'contents' : `contents/${encodedPath(parent)}`;
  const answer = await client.ask({ path, query: { ref: word }, also: [404], signal, what: `folder ${folder}` });
  if (answer.status === 404 && !client.isKnown)
    throw new SourceFailure({ kind: 'not-found', reason: `private or misspelt, or without the branch ${word}` });
  if (answer.status === 404) return undefined;
  const rows = listOf(jsonOf(answer, host), host);
  const sha = rows.find((it) => it.type === 'dir' && it.name === name)?.sha;
  return typeof sha === 'string' && OID.test(sha) ? sha : undefined;
}
