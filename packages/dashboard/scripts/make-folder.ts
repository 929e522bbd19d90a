/**
 * Copies a yard out of its repository into a folder of files that a page can show without any server: a demonstration, or
 * what is kept of an incident. `worker/sources/folder-source.ts` draws the shape of it. For an archive, pack the folder.
 *
 *     npx tsx packages/dashboard/scripts/make-folder.ts /srv/yard.git docs/demo 200   (commits to look back at)
 *     tar -czf docs/incident.tar.gz -C docs/demo .
 */
import { execFile, spawn } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

export interface MakeFolder {
  readonly repository: string;
  readonly folder: string;
  /** Branches; one that is not there is left out. */
  readonly refs?: Readonly<Record<'state' | 'live' | 'logs', string>>;
  /** Of each ref, so many of its newest commits can be looked back at. */
  readonly past?: number;
}

const REFS = { state: 'yard', live: 'yard-live', logs: 'yard-logs' };
const EPOCHS = 'refs/gityard/epochs/';
const MOST_COMMITS = 10_000;
const run = promisify(execFile);

export async function makeFolder({ repository, folder, refs = REFS, past = 20 }: MakeFolder): Promise<void> {
  const git = async (...args: string[]): Promise<Buffer> =>
    (await run('git', ['-C', repository, ...args], { encoding: 'buffer', maxBuffer: 1e9 })).stdout;
  for (const name of ['commits', 'trees', 'blobs']) await mkdir(join(folder, name), { recursive: true });
  const write = (path: string, value: unknown) => writeFile(join(folder, path), JSON.stringify(value));

  const heads: Record<string, string | null> = {};
  const blobs = new Set<string>();
  for (const [ref, branch] of Object.entries(refs)) {
    const head = await git('rev-parse', '--verify', `refs/heads/${branch}`).catch(() => null);
    heads[ref] = head && `${head}`.trim();
    if (!head) continue;
    const lines = [`refs/heads/${branch}`, ...(ref === 'state' ? await epochs(git) : [])];
    const logs = await Promise.all(lines.map(async (it) => commitRows(`${await git('log', ...LOG, it)}`)));
    const rows = logs.flat().slice(0, MOST_COMMITS);
    await write(`commits/${ref}.json`, rows);
    for (const { commit } of rows.slice(0, past)) {
      const entries = treeEntries(`${await git('ls-tree', '-r', '-l', '-z', commit)}`);
      for (const { oid } of entries) blobs.add(oid);
      await write(`trees/${commit}.json`, entries);
    }
  }
  for (const [oid, bytes] of await contents(repository, [...blobs])) await writeFile(join(folder, 'blobs', oid), bytes);
  await write('refs.json', heads);
}

/** What was cut from the history goes on in the line, as the daemon tells it too. The newest first. */
async function epochs(git: (...args: string[]) => Promise<Buffer>): Promise<string[]> {
  const refs = `${await git('for-each-ref', '--format=%(refname)', EPOCHS)}`.split('\n').filter(Boolean);
  return refs.sort((a, b) => Number(b.slice(EPOCHS.length)) - Number(a.slice(EPOCHS.length)));
}

const LOG = [
  `--max-count=${MOST_COMMITS}`,
  '-z',
  '--name-only',
  '--no-renames',
  '--format=%x1e%H%x1f%cI%x1f%an%x1f%B%x1f',
];

/** It has no parent, so that Git takes every file for new. */
const CUT = /^Operation: compact$/m;

/** With -z, the paths of a commit follow its message, each ended by a zero. */
function commitRows(log: string) {
  return log.split('\x1e').flatMap((it) => {
    const [commit, at, author, message = '', paths = ''] = it.split('\x1f');
    if (!commit) return [];
    const touched = CUT.test(message) ? ['shared/epoch.json'] : paths.split(/[\0\n]/).filter(Boolean);
    return [{ commit, at, author, message: message.trimEnd(), paths: touched }];
  });
}

function treeEntries(output: string) {
  return output.split('\0').flatMap((line) => {
    const [, oid = '', size, path] = /^\d+ blob (\w+) +(\d+)\t(.*)$/s.exec(line) ?? [];
    return path === undefined ? [] : [{ path, oid, sizeBytes: Number(size) }];
  });
}

/** All of them by one program: there can be thousands. */
async function contents(repository: string, oids: readonly string[]): Promise<Map<string, Buffer>> {
  const child = spawn('git', ['-C', repository, 'cat-file', '--batch'], { stdio: ['pipe', 'pipe', 'inherit'] });
  child.stdin.end(oids.map((oid) => `${oid}\n`).join(''));
  const output = await buffer(child.stdout);
  const found = new Map<string, Buffer>();
  for (let at = 0; at < output.length; ) {
    const end = output.indexOf('\n', at);
    const [oid = '', , size] = output.toString('utf8', at, end).split(' ');
    found.set(oid, output.subarray(end + 1, end + 1 + Number(size)));
    at = end + 2 + Number(size);
  }
  return found;
}

const [, program, repository, folder, past] = process.argv;
if (program && import.meta.url === pathToFileURL(program).href) {
  if (!repository || !folder) throw new Error('name the repository of the yard, and the folder to write');
  await makeFolder({ repository, folder, ...(past !== undefined && { past: Number(past) }) });
}
