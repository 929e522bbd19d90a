/** The files of a large yard in a folder, as the page reads them: `dashboard/src/worker/sources/folder-source.ts` says their shape. */
import { createHash } from 'node:crypto';
import { CHUNK_BYTES } from '@gityard/builder';
import { after, readModelFrom } from '@gityard/domain';

export interface Size {
  readonly servers: number;
  readonly jobs: number;
  readonly messages: number;
  readonly logBytes: number;
}

export const LOGGED_JOB = '01job0';
/** Stands in one line of a hundred, and in the last. */
export const SOUGHT = 'cannot find symbol';
export const LAST_LINE = 'the last line of all';
const [STATE, LIVE, LOGS] = ['a', 'b', 'c'].map((digit) => digit.repeat(40)) as [string, string, string];
const MESSAGE_HEADS = 50;

export interface LargeFolder {
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** Of the last piece of the log. */
  readonly tail: string;
  /** In how many lines of the log what is sought stands. */
  readonly finds: number;
}

export function largeFolder(size: Size): LargeFolder {
  const now = new Date().toISOString();
  const model = largeModel(size, now);
  const files = new Map<string, string | Uint8Array>([
    ['yard/refs.json', JSON.stringify({ state: STATE, live: LIVE, logs: LOGS })],
    ['yard/naive.json', JSON.stringify({ ...model, messages: messageHeads(size.messages, now) })],
  ]);
  const put = (path: string, content: string): Entry => {
    const bytes = Buffer.from(content);
    const oid = createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
    files.set(`yard/blobs/${oid}`, bytes);
    return { path, oid, sizeBytes: bytes.length };
  };
  const tree = (commit: string, entries: readonly Entry[]) =>
    files.set(`yard/trees/${commit}.json`, JSON.stringify(entries));
  tree(LIVE, [put('shared/health_dashboard.json', JSON.stringify(model))]);
  tree(
    STATE,
    messageHeads(size.messages, now).map((it) => put(`shared/messages/${it.id}.json`, JSON.stringify(it))),
  );
  const log = logChunks(size.logBytes);
  const chunks = log.map((text, at) => put(`build000/logs/${LOGGED_JOB}_20260301T110000Z.${at + 1}.log`, text));
  tree(LOGS, chunks);
  const finds = log.reduce((sum, text) => sum + text.split(SOUGHT).length - 1, 0);
  return { files, tail: `yard/blobs/${chunks.at(-1)?.oid}`, finds };
}

interface Entry {
  readonly path: string;
  readonly oid: string;
  readonly sizeBytes: number;
}

function logChunks(wantedBytes: number): readonly string[] {
  const chunks: string[] = [];
  for (let line = 1; chunks.length * CHUNK_BYTES < wantedBytes; ) {
    let text = '';
    while (text.length < CHUNK_BYTES - 200) text += logLine(line++);
    chunks.push(text);
  }
  chunks.push(`${SOUGHT}\n${LAST_LINE}\n`);
  return chunks;
}

const logLine = (line: number): string =>
  line % 100 === 0
    ? `\u001b[1;31m[ERROR]\u001b[0m src/main/java/Service${line}.java:[${line % 900},17] ${SOUGHT}\n`
    : `[INFO] compiling module-${line % 52} of the service number ${line} with its tests and all that they need\n`;

const messageHeads = (count: number, now: string) =>
  Array.from({ length: count }, (_, at) => ({
    id: `01mesg${at}`,
    from: nameOf(at),
    to: 'all',
    type: 'info',
    priority: 'normal',
    subject: `Message ${at} of the servers to each other`,
    sentAt: after(now, -at * 60_000),
  }));

const nameOf = (at: number): string => `build${String(at % 100).padStart(3, '0')}`;

function largeModel({ servers, jobs }: Size, now: string): object {
  const name = (at: number) => nameOf(at % servers);
  const beat = { lastBeatAt: after(now, -20_000), nextBeatBy: after(now, 600_000), health: 'fresh', slots: 1 };
  const read = readModelFrom({
    yard: 'large',
    sequence: 1,
    head: STATE,
    at: now,
    by: name(0),
    totals: { queued: jobs - 40, running: 40 },
    agents: Array.from({ length: servers }, (_, at) => ({
      ...beat,
      id: name(at),
      pool: 'Linux',
      status: 'Idle',
      cpuPercent: at % 100,
    })),
    messages: messageHeads(MESSAGE_HEADS, now),
    jobs: Array.from({ length: jobs }, (_, at) => ({
      id: `01job${at}`,
      status: at < 40 ? 'running' : 'queued',
      agent: at < 40 ? name(at) : null,
      attempt: at < 40 ? 1 : 0,
      startedAt: at < 40 ? after(now, -90_000) : null,
      priority: 5,
      repository: `https://git.example/team/app-${at % 17}.git`,
      branch: 'main',
      submittedAt: after(now, -at * 10_000),
      position: at < 40 ? null : at - 39,
      reasons: at < 40 ? [] : [{ code: 'agents-busy', class: 'will-run', text: 'All matching servers are busy' }],
    })),
  });
  if (!read.ok) throw new Error(read.reason);
  return read.value;
}
