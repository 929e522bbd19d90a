/**
 * Which versions of its files a branch had, newest first: one pass over `git log`, of which only names are kept. A merge shows
 * what it changed against its first parent; what it merged shows by itself.
 */
import { readGit } from './git.ts';

export interface Version {
  readonly path: string;
  /** null: this commit took the file away. */
  readonly oid: string | null;
  readonly mode: string;
  readonly commit: string;
  readonly atSeconds: number;
  readonly author: string;
}

export interface History {
  readonly commits: number;
  /** Newest first. */
  readonly versions: readonly Version[];
}

const FORMAT = '--format=%x01%H%x1f%ct%x1f%an';
const ARGS = [
  'log',
  '-z',
  '--raw',
  '--no-abbrev',
  '--no-renames',
  '--diff-merges=first-parent',
  '--topo-order',
  FORMAT,
];
const RAW = /^\n?:\d{6} (\d{6}) [0-9a-f]+ ([0-9a-f]+) [A-Z]/;

export async function readHistory(
  gitDir: string,
  {
    commit,
    isWanted,
    signal,
  }: { commit: string; isWanted: (path: string) => boolean; signal?: AbortSignal | undefined },
): Promise<History> {
  const versions: Version[] = [];
  let commits = 0;
  let head: Pick<Version, 'commit' | 'atSeconds' | 'author'> = { commit, atSeconds: 0, author: '' };
  let raw: RegExpExecArray | null = null;
  const call = { args: [...ARGS, commit, '--'], gitDir, signal };
  for await (const token of tokens(readGit(call, 'reading the history'))) {
    if (raw) {
      const [, mode = '', oid = ''] = raw;
      if (isWanted(token)) versions.push({ path: token, oid: /^0+$/.test(oid) ? null : oid, mode, ...head });
      raw = null;
    } else if (token.startsWith('\u0001')) {
      const [oid = '', at = '', ...name] = token.slice(1).split('\u001f');
      head = { commit: oid, atSeconds: Number(at), author: name.join(' ') };
      commits++;
    } else raw = RAW.exec(token);
  }
  return { commits, versions };
}

/** What stands between zeros. */
export async function* tokens(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let end = rest.indexOf(0); end !== -1; end = rest.indexOf(0, from)) {
      yield rest.subarray(from, end).toString('utf8');
      from = end + 1;
    }
    rest = rest.subarray(from);
  }
  if (rest.length > 0) yield rest.toString('utf8');
}
