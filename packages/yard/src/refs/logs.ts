/**
 * The logs ref: structured build logs and raw output, written by the agent that ran the build, trimmed by count. What else is
 * too large for the state lies here too, such as the files that messages bring.
 */
import {
  type Composition,
  type Edit,
  type LocalObjects,
  openStore,
  type Ports,
  type PushBudget,
  RIDES,
  type Snapshot,
  type Store,
  type StoreCounters,
  type Transport,
  type TreeEntry,
} from '@gityard/store';
import { maskedLog } from '../secrets/mask-log.ts';
import { orBegin } from './or-begin.ts';

export interface LogFile {
  readonly path: string;
  readonly content: Uint8Array;
}
export interface LogsRef {
  publish(files: readonly LogFile[], options: PublishOptions): Promise<void>;
  /** The files of a job's newest log, in order of their names. */
  filesOf(job: string, signal?: AbortSignal): Promise<readonly LogFile[]>;
  /** Any other files; those that `isOver` are removed by the same commit. */
  put(files: readonly LogFile[], options: PutOptions): Promise<void>;
  /** All files whose path begins so, in order of their names. */
  filesIn(prefix: string, signal?: AbortSignal): Promise<readonly LogFile[]>;
  /** All files as they are now. Throws StoreError. */
  look(signal?: AbortSignal): Promise<Snapshot>;
  readonly counters: StoreCounters;
  close(): Promise<void>;
}

interface PublishOptions {
  readonly agent: string;
  readonly job: string;
  /** Builds whose logs stay, per agent folder; older ones are removed by the same commit. */
  readonly keep: number;
  readonly signal?: AbortSignal;
  /** Together with the next push of the state, or not at all. */
  readonly rides?: boolean;
}

interface PutOptions {
  /** What the commit says. */
  readonly summary: string;
  readonly isOver: (path: string) => boolean;
  readonly signal?: AbortSignal | undefined;
}

interface Sending {
  readonly signal?: AbortSignal | undefined;
  readonly rides?: boolean | undefined;
}

interface Publication {
  readonly files: readonly LogFile[];
  readonly summary: string;
  readonly removals: (snapshot: Snapshot) => Edit[];
}

export interface LogsOptions {
  readonly transport: Transport;
  readonly ref: string;
  readonly author: { name: string; email: string };
  readonly ports?: Ports;
  readonly budget?: PushBudget;
  readonly local?: LocalObjects | undefined;
}

/** Logs come last, among the classes of operations. */
const LOG_PRIORITY = 3;

export function openLogsRef({ transport, ref, author, ports, budget, local }: LogsOptions): LogsRef {
  const compose = (snapshot: Snapshot, publications: readonly Publication[]): Composition<null> => ({
    edits: publications.flatMap((it) => [...it.removals(snapshot), ...it.files]),
    message: messageOf(publications),
    author,
    answers: publications.map(() => null),
  });
  // Nobody relies on the past of logs: where somebody rewrote or removed them, they go on from what is there.
  const options = { transport, ref, compose, ports, budget, local, history: 'loose' } as const;
  const store: Store<Publication, null> = openStore(options);
  const publish = async (it: Publication, { signal, rides = false }: Sending): Promise<void> => {
    const write = () => store.perform(it, { signal, priority: rides ? RIDES : LOG_PRIORITY });
    await orBegin<unknown>(write, () => store.create({ edits: it.files, message: messageOf([it]), author }));
  };
  return {
    publish: async (given, { agent, job, keep, signal, rides }) => {
      const files = await Promise.all(given.map(maskedLog));
      const removals = (snapshot: Snapshot) => oldest(snapshot, { agent, keep });
      return publish({ files, summary: `log of job ${job} on ${agent}`, removals }, { signal, rides });
    },
    filesOf: async (job, signal) => newestOf(await store.refresh(signal), job),
    put: (files, { summary, isOver, signal }) => {
      const removals = (snapshot: Snapshot) => gone([...snapshot.list()].map((it) => it.path).filter(isOver));
      return publish({ files, summary, removals }, { signal });
    },
    filesIn: async (prefix, signal) => {
      const snapshot = await store.refresh(signal);
      return contentsOf(snapshot, [...snapshot.list(prefix)]);
    },
    look: (signal) => store.refresh(signal),
    get counters() {
      return store.counters;
    },
    close: () => store.close(),
  };
}

const messageOf = (publications: readonly Publication[]): string =>
  `${publications.map((it) => it.summary).join('\n')}\n`;

const stemOf = (path: string): string => /([^/]+?)(?:\.\d+\.log|\.json|\.md)$/.exec(path)?.[1] ?? '';

/** Stems are `<job>_<timestamp>`. Not every id sorts by time: programs bring along GUIDs. */
const stampOf = (stem: string): string => stem.slice(stem.lastIndexOf('_') + 1);

function oldest(snapshot: Snapshot, { agent, keep }: { agent: string; keep: number }): Edit[] {
  const paths = [...snapshot.list(`${agent}/logs/`)].map((entry) => entry.path);
  const stems = [...new Set(paths.map(stemOf))].sort((a, b) => (stampOf(a) < stampOf(b) ? -1 : 1));
  const old = new Set(stems.slice(0, Math.max(0, stems.length - keep + 1)));
  return gone(paths.filter((path) => old.has(stemOf(path))));
}

const gone = (paths: readonly string[]): Edit[] => paths.map((path) => ({ path, content: null }));

export function newestOf(snapshot: Snapshot, job: string): LogFile[] {
  const entries = [...snapshot.list()].filter((entry) => stemOf(entry.path).startsWith(`${job}_`));
  const newest = entries
    .map((entry) => stemOf(entry.path))
    .sort()
    .at(-1);
  const own = entries.filter((entry) => stemOf(entry.path) === newest);
  return contentsOf(snapshot, own);
}

const contentsOf = (snapshot: Snapshot, entries: readonly TreeEntry[]): LogFile[] =>
  entries.map((entry) => ({ path: entry.path, content: snapshot.read(entry.oid) ?? new Uint8Array() }));
