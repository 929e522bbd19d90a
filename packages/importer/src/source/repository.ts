/**
 * A predecessor's repository, fetched into a folder of ours and read there: also one on this disk, because whose settings lie
 * in it nobody knows. Its working files are nobody's history and are not looked at, only what was committed.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Time, toTime } from '@gityard/domain';
import { ImportError } from '../import-error.ts';
import { hasPast, kindOfFile } from '../shapes/kind-of-file.ts';
import { isRefName } from './address.ts';
import { type Blobs, openBlobs } from './blobs.ts';
import { readGit, runGit } from './git.ts';
import { readHistory, tokens, type Version } from './history.ts';
import { FILES_LIMIT, type Source, type SourceFile } from './source.ts';

export interface OpenRepository {
  readonly address: string;
  readonly protocol: string;
  /** null: what its HEAD names. */
  readonly ref: string | null;
  readonly history: boolean;
  readonly signal?: AbortSignal | undefined;
}

const OURS = 'refs/import/head';

export async function openRepository(options: OpenRepository): Promise<Source> {
  const { address, ref, signal } = options;
  if (ref !== null && !isRefName(ref))
    throw new ImportError('USAGE', `${ref.slice(0, 100)} is no name of a branch`, {
      hint: 'write it as in --ref main',
    });
  const gitDir = await mkdtemp(join(tmpdir(), 'gityard-import-'));
  const close = () => rm(gitDir, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  try {
    await fetchInto(gitDir, options);
    const commit = await textOf(gitDir, ['rev-parse', `${OURS}^{commit}`], signal);
    return await sourceOf(gitDir, { ...options, commit, close });
  } catch (error) {
    await close();
    const isAway = error instanceof ImportError && /couldn't find remote ref/.test(error.message);
    throw isAway ? noBranch(address, ref) : error;
  }
}

const noBranch = (address: string, ref: string | null): ImportError =>
  ref === null
    ? new ImportError('NOT_FOUND', `${address} is empty, or its HEAD names a branch that is not there`, {
        hint: 'name a branch that it has with --ref',
      })
    : new ImportError('NOT_FOUND', `${address} has no branch ${ref}`, { hint: 'name another with --ref' });

async function fetchInto(gitDir: string, { address, protocol, ref, history, signal }: OpenRepository): Promise<void> {
  await runGit({ args: ['init', '--quiet', '--bare', gitDir], gitDir, signal }, 'making a folder for the copy');
  const depth = history ? [] : ['--depth=1'];
  // A shallow fetch over a plain path would be told "--depth is ignored"; as a URL it is not.
  const from = protocol === 'file' && !address.startsWith('file://') ? `file://${address}` : address;
  const args = ['fetch', '--quiet', '--no-tags', ...depth, '--', from, `+${ref ?? 'HEAD'}:${OURS}`];
  await runGit({ args, gitDir, protocol, signal }, `fetching ${address}`);
}

interface Fetched extends OpenRepository {
  readonly commit: string;
  readonly close: () => Promise<void>;
}

async function sourceOf(gitDir: string, fetched: Fetched): Promise<Source> {
  const { address, commit, history: isWalked, signal } = fetched;
  const { entries, others } = await readTree(gitDir, { commit, signal });
  const history = isWalked
    ? await readHistory(gitDir, { commit, isWanted: (path) => kindOfFile(path) !== null, signal })
    : { commits: null, versions: [] };
  const time = toTime(Number(await textOf(gitDir, ['log', '-1', '--format=%ct', commit], signal)) * 1000);
  return {
    address,
    commit,
    commits: history.commits,
    others,
    files: () => filesOf(openBlobs(gitDir, signal), { entries, versions: history.versions, commit, time }),
    close: fetched.close,
  };
}

interface Entry {
  readonly path: string;
  readonly mode: string;
  readonly oid: string;
}

async function readTree(
  gitDir: string,
  { commit, signal }: { commit: string; signal?: AbortSignal | undefined },
): Promise<{ entries: Entry[]; others: number }> {
  const entries: Entry[] = [];
  let others = 0;
  const call = { args: ['ls-tree', '-r', '-z', '--full-tree', commit], gitDir, signal };
  for await (const token of tokens(readGit(call, 'reading the files'))) {
    const [, mode = '', oid = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(token) ?? [];
    if (kindOfFile(path) === null) others++;
    else entries.push({ path, mode, oid });
  }
  if (entries.length > FILES_LIMIT) throw tooMany(entries.length);
  return { entries, others };
}

export const tooMany = (count: number): ImportError =>
  new ImportError('TOO_LARGE', `${count} files may hold something; ${FILES_LIMIT} are the most`, {
    hint: 'import parts of it from folders of their own',
  });

interface ToRead {
  readonly entries: readonly Entry[];
  readonly versions: readonly Version[];
  readonly commit: string;
  /** Of that commit: when nothing else is known, what is in it was there by then. */
  readonly time: Time;
}

async function* filesOf(blobs: Blobs, { entries, versions, commit, time }: ToRead): AsyncGenerator<SourceFile> {
  try {
    const newest = new Map<string, Version>();
    for (const it of versions) if (!newest.has(it.path)) newest.set(it.path, it);
    for (const entry of entries) {
      const about = newest.get(entry.path);
      yield fileOf(entry, { about, commit, time, replacedBy: null, bytes: await contentOf(blobs, entry) });
    }
    yield* olderOf(blobs, { entries, versions, commit, time });
  } finally {
    blobs.close();
  }
}

/** Each content of a path once, under the newest commit that brought it. */
async function* olderOf(blobs: Blobs, { entries, versions, commit: head, time }: ToRead): AsyncGenerator<SourceFile> {
  const seen = new Set(entries.map((it) => `${it.path}\0${it.oid}`));
  const later = new Map<string, string>();
  for (const version of versions) {
    const { path, oid, commit } = version;
    const replacedBy = later.get(path) ?? head;
    later.set(path, commit);
    const name = `${path}\0${oid}`;
    if (oid === null || seen.has(name) || !hasPast(path)) continue;
    seen.add(name);
    const entry = { path, oid, mode: version.mode };
    yield fileOf(entry, { about: version, commit, time, replacedBy, bytes: await contentOf(blobs, entry) });
  }
}

const isPlain = ({ mode }: Entry): boolean => mode.startsWith('100');
const contentOf = (blobs: Blobs, entry: Entry): Promise<Uint8Array | null> =>
  isPlain(entry) ? blobs.read(entry.oid) : Promise.resolve(null);

interface About {
  readonly about: Version | undefined;
  readonly commit: string;
  readonly time: Time;
  readonly replacedBy: string | null;
  readonly bytes: Uint8Array | null;
}

function fileOf(entry: Entry, { about, commit, time, replacedBy, bytes }: About): SourceFile {
  return {
    path: entry.path,
    bytes,
    problem: bytes ? null : isPlain(entry) ? 'is larger than what is read' : 'is a link or a submodule',
    commit: about?.commit ?? commit,
    time: about ? toTime(about.atSeconds * 1000) : time,
    author: about?.author ?? null,
    replacedBy,
    hasOlder: about !== undefined,
  };
}

async function textOf(gitDir: string, args: readonly string[], signal: AbortSignal | undefined): Promise<string> {
  let text = '';
  for await (const chunk of readGit({ args, gitDir, signal }, 'reading the copy')) text += chunk.toString('utf8');
  return text.trim();
}
