/** The logs ref: structured build logs and raw output, written by the agent that ran the build, trimmed by count. */
import {
  type Composition,
  type Edit,
  type LocalObjects,
  openStore,
  type Ports,
  type PushBudget,
  type Snapshot,
  type Store,
  type Transport,
} from '@gityard/store';
import { orBegin } from './or-begin.ts';

export interface LogFile {
  readonly path: string;
  readonly content: Uint8Array;
}
export interface LogsRef {
  /** `keep` = builds whose logs stay, per agent folder; older ones are removed by the same commit. */
  publish(
    files: readonly LogFile[],
    options: { agent: string; job: string; keep: number; signal?: AbortSignal },
  ): Promise<void>;
  /** The files of a job's newest log, in order of their names. */
  filesOf(job: string, signal?: AbortSignal): Promise<readonly LogFile[]>;
  close(): Promise<void>;
}

interface Publication {
  readonly files: readonly LogFile[];
  readonly agent: string;
  readonly job: string;
  readonly keep: number;
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
    edits: publications.flatMap((it) => [...removals(snapshot, it), ...it.files]),
    message: messageOf(publications),
    author,
    answers: publications.map(() => null),
  });
  // Nobody relies on the past of logs: where somebody rewrote or removed them, they go on from what is there.
  const options = { transport, ref, compose, ports, budget, local, history: 'loose' } as const;
  const store: Store<Publication, null> = openStore(options);
  const publish = async (it: Publication, signal: AbortSignal | undefined): Promise<void> => {
    const write = () => store.perform(it, { signal, priority: LOG_PRIORITY });
    await orBegin<unknown>(write, () => store.create({ edits: it.files, message: messageOf([it]), author }));
  };
  return {
    publish: (files, { signal, ...rest }) => publish({ files, ...rest }, signal),
    filesOf: async (job, signal) => newestOf(await store.refresh(signal), job),
    close: () => store.close(),
  };
}

const messageOf = (publications: readonly Publication[]): string =>
  `${publications.map((it) => `log of job ${it.job} on ${it.agent}`).join('\n')}\n`;

const stemOf = (path: string): string => /([^/]+?)(?:\.\d+\.log|\.json|\.md)$/.exec(path)?.[1] ?? '';

/** Stems are `<job>_<timestamp>`: as ids and stamps sort by time, so do they. */
function removals(snapshot: Snapshot, { agent, keep }: Publication): Edit[] {
  const paths = [...snapshot.list(`${agent}/logs/`)].map((entry) => entry.path);
  const stems = [...new Set(paths.map(stemOf))].sort();
  const gone = new Set(stems.slice(0, Math.max(0, stems.length - keep + 1)));
  return paths.filter((path) => gone.has(stemOf(path))).map((path) => ({ path, content: null }));
}

function newestOf(snapshot: Snapshot, job: string): LogFile[] {
  const entries = [...snapshot.list()].filter((entry) => stemOf(entry.path).startsWith(`${job}_`));
  const newest = entries
    .map((entry) => stemOf(entry.path))
    .sort()
    .at(-1);
  const own = entries.filter((entry) => stemOf(entry.path) === newest);
  return own.map((entry) => ({ path: entry.path, content: snapshot.read(entry.oid) ?? new Uint8Array() }));
}
