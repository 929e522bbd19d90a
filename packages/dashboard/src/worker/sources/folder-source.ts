/**
 * A yard as it was at one moment, in a folder of files beside the page or in an archive of it: a demonstration, or what is
 * kept of an incident. `scripts/make-folder.ts` writes it. It has the shape of a repository, not of a yard:
 *
 *     refs.json              {"state": "<commit>", "live": …, "logs": …}, null where there is none
 *     commits/<ref>.json     [{"commit", "at", "author", "message", "paths"}], newest first; `paths`: what it changed
 *     trees/<commit>.json    [{"path", "oid", "sizeBytes"}], for the newest commit of each ref and perhaps for earlier ones
 *     blobs/<oid>            each content once
 */
import { jsonOf, unreadable } from './ask.ts';
import { modelIn } from './model-in.ts';
import { type Fields, fieldsOf, inOrder, listOf, OID } from './rows.ts';
import {
  type CommitEntry,
  type Place,
  READ_MODEL_PATH,
  type RefName,
  type Source,
  SourceFailure,
  type TreeEntry,
} from './source.ts';

/** undefined: there is no such file. Throws SourceFailure. */
export type ReadFile = (path: string, signal: AbortSignal) => Promise<Uint8Array | undefined>;

const HOST = 'the folder';

export function folderSource(address: string, read: ReadFile): Source {
  const trees = new Map<string, readonly TreeEntry[]>();
  const lines = new Map<RefName, { readonly head: string; readonly rows: Promise<readonly Row[]> }>();

  const jsonIfThere = async (path: string, signal: AbortSignal): Promise<unknown> => {
    const bytes = await read(path, signal);
    return bytes && jsonOf({ bytes, status: 200, headers: new Headers() }, HOST);
  };
  const json = async (path: string, signal: AbortSignal): Promise<unknown> => {
    const value = await jsonIfThere(path, signal);
    if (value === undefined) throw missing(path);
    return value;
  };
  const commitOf = async (place: Place, signal: AbortSignal): Promise<string> => {
    if ('commit' in place) return place.commit;
    const commit = fieldsOf(await json('refs.json', signal))[place.ref];
    if (typeof commit === 'string' && OID.test(commit)) return commit;
    throw missing(`the branch for ${place.ref}`);
  };
  /** Of a long history this is large, and it says the same as long as its newest commit does. */
  const lineOf = async (ref: RefName, signal: AbortSignal): Promise<readonly Row[]> => {
    const head = await commitOf({ ref }, signal);
    const known = lines.get(ref);
    if (known?.head === head) return known.rows;
    const rows = json(`commits/${ref}.json`, signal).then((read) => listOf(read, HOST).map(row));
    lines.set(ref, { head, rows });
    rows.catch(() => lines.delete(ref));
    return rows;
  };
  /** Never changes, so each is read once. */
  const treeOf = async (commit: string, signal: AbortSignal): Promise<readonly TreeEntry[]> => {
    const known = trees.get(commit);
    if (known) return known;
    const file = await jsonIfThere(`trees/${commit}.json`, signal);
    if (file === undefined) throw notHeld(commit);
    const entries = inOrder(listOf(file, HOST).map(treeEntry));
    trees.set(commit, entries);
    return entries;
  };
  const blob = async (oid: string, signal: AbortSignal): Promise<Uint8Array> => {
    const bytes = OID.test(oid) ? await read(`blobs/${oid}`, signal) : undefined;
    if (!bytes) throw missing(`blob ${oid}`);
    return bytes;
  };

  return {
    kind: 'folder',
    address,
    isLocal: true,
    commands: () => 'no',
    look: async (tag, signal) => {
      const commit = await commitOf({ ref: 'live' }, signal);
      if (commit === tag) return { kind: 'same', budget: null };
      const entry = (await treeOf(commit, signal)).find((it) => it.path === READ_MODEL_PATH);
      if (!entry) throw missing(READ_MODEL_PATH);
      const bytes = await blob(entry.oid, signal);
      return { kind: 'snapshot', model: modelIn(new TextDecoder().decode(bytes)), tag: commit, budget: null };
    },
    file: async (place, path, signal) => {
      const entry = (await treeOf(await commitOf(place, signal), signal)).find((it) => it.path === path);
      return entry && { bytes: await blob(entry.oid, signal), oid: entry.oid };
    },
    blob,
    tree: async (place, folder, signal) => {
      const entries = await treeOf(await commitOf(place, signal), signal);
      return folder === '' ? entries : entries.filter((it) => it.path.startsWith(`${folder}/`));
    },
    commits: async (from, { count, path, until }, signal) => {
      const touched = (it: Row) =>
        path === undefined || it.paths.some((one) => one === path || one.startsWith(`${path}/`));
      const rows = await rowsFrom(from, (ref) => lineOf(ref, signal));
      const wanted = rows.filter(
        (it) => touched(it) && (until === undefined || Date.parse(it.at) <= Date.parse(until)),
      );
      return wanted.slice(0, count).map(({ commit, at, author, message }) => ({ commit, at, author, message }));
    },
    send: async () => {
      throw new SourceFailure({ kind: 'denied', reason: 'this is a copy of a yard; nobody works on what it asks for' });
    },
    linkFor: () => null,
    linkTo: () => null,
    checkToken: async () => {
      throw new SourceFailure({ kind: 'denied', reason: 'a folder of files needs no token' });
    },
    useToken: () => undefined,
  };
}

interface Row extends CommitEntry {
  readonly paths: readonly string[];
}

/** A commit is looked for on each of the refs that there are. */
async function rowsFrom(from: Place, rowsOf: (ref: RefName) => Promise<readonly Row[]>): Promise<readonly Row[]> {
  if ('ref' in from) return rowsOf(from.ref);
  for (const ref of ['state', 'live', 'logs'] as const) {
    const rows = await rowsOf(ref).catch(noneIfMissing);
    const at = rows.findIndex((it) => it.commit === from.commit);
    if (at >= 0) return rows.slice(at);
  }
  throw missing(`commit ${from.commit}`);
}

function noneIfMissing(error: unknown): readonly Row[] {
  if (error instanceof SourceFailure && error.failure.kind === 'not-found') return [];
  throw error;
}

function row({ commit, at, author, message, paths }: Fields): Row {
  if (typeof commit !== 'string' || typeof at !== 'string' || !Array.isArray(paths)) throw unreadable(HOST);
  const touched = paths.filter((it): it is string => typeof it === 'string');
  return { commit, at, author: `${author}`, message: `${message}`, paths: touched };
}

function treeEntry({ path, oid, sizeBytes }: Fields): TreeEntry {
  if (typeof path !== 'string' || typeof oid !== 'string' || !OID.test(oid)) throw unreadable(HOST);
  return { path, oid, sizeBytes: typeof sizeBytes === 'number' ? sizeBytes : null };
}

const missing = (what: string): SourceFailure =>
  new SourceFailure({ kind: 'not-found', reason: `there is no ${what} in ${HOST}` });

function notHeld(commit: string): SourceFailure {
  const reason = `this copy of the yard holds the files of its newest moments alone, and not those of ${commit.slice(0, 12)}`;
  return new SourceFailure({ kind: 'not-found', reason });
}
