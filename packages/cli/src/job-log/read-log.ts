/** The newest log of a job as it lies on the logs ref: what was printed, put together from its chunks, and what is said of it. */
import type { LogFile } from '@gityard/yard';
import type { Context } from '../context.ts';

export interface JobLog {
  /** What the paths of its files have in common: another attempt has another. */
  readonly stem: string;
  readonly files: readonly LogFile[];
  readonly bytes: Buffer;
  /** The Markdown, where there is no raw output. */
  readonly page: string | null;
  readonly record: JobLogRecord | null;
}

/** As much of a log's JSON as commands read. It was written by an agent, and is not trusted to be whole. */
export interface JobLogRecord {
  readonly startedAt: string;
  readonly times: readonly { readonly line: number; readonly byte: number; readonly at: string }[];
  readonly tests: TestCounts | null;
  readonly testCases: {
    readonly failed: readonly FailedCase[];
    readonly slow: readonly { readonly name: string; readonly durationMs: number }[];
  };
  readonly unreadReports: readonly string[];
  readonly flakyTests: readonly string[];
  readonly coverage: CoverageCounts | null;
}

type TestCounts = Readonly<Record<'total' | 'passed' | 'failed' | 'skipped', number>>;
type CoverageCounts = Readonly<Record<'linesCovered' | 'linesTotal' | 'branchesCovered' | 'branchesTotal', number>>;

export interface FailedCase {
  readonly name: string;
  readonly message: string | null;
  readonly path: string | null;
  readonly line: number | null;
  readonly durationMs: number | null;
  readonly details: string | null;
}

const CHUNK = /\.(\d+)\.log$/;

export const readJobLog = async (context: Context, id: string): Promise<JobLog | undefined> =>
  jobLogIn(await filesOf(context, id));

/** Undefined: nothing of it was published yet. */
export function jobLogIn(files: readonly LogFile[]): JobLog | undefined {
  const [first] = files;
  if (!first) return undefined;
  const chunk = ({ path }: LogFile): number => Number(CHUNK.exec(path)?.[1] ?? -1);
  const raw = files.filter((it) => chunk(it) >= 0).sort((a, b) => chunk(a) - chunk(b));
  const page = files.find((it) => it.path.endsWith('.md'));
  const json = files.find((it) => it.path.endsWith('.json'));
  return {
    stem: first.path.replace(/(?:\.\d+\.log|\.json|\.md)$/, ''),
    files,
    bytes: Buffer.concat(raw.map((it) => it.content)),
    page: raw.length === 0 && page ? Buffer.from(page.content).toString('utf8') : null,
    record: json ? recordIn(json.content) : null,
  };
}

/** What is said of a log comes with the whole of it; others than agents write logs without that. */
export const isWhole = ({ record, page, files }: JobLog): boolean =>
  record !== null || page !== null || files.some((it) => it.path.endsWith('.md'));

async function filesOf(context: Context, id: string): Promise<readonly LogFile[]> {
  const yard = await context.yard();
  return yard.logs.filesOf(id).catch((error: { code?: string }) => {
    // No log was ever written in this yard.
    if (error.code === 'BRANCH_MISSING') return [];
    throw error;
  });
}

function recordIn(content: Uint8Array): JobLogRecord | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(content).toString('utf8'));
    if (typeof value !== 'object' || value === null) return null;
    const given = value as Partial<JobLogRecord>;
    const { startedAt = '', tests = null, coverage = null, testCases } = given;
    return {
      startedAt: String(startedAt),
      times: listed(given.times).filter(isTime),
      tests,
      coverage,
      unreadReports: listed(given.unreadReports).map(String),
      flakyTests: listed(given.flakyTests),
      testCases: { failed: listed(testCases?.failed), slow: listed(testCases?.slow) },
    };
  } catch {
    // A log of somebody else: its lines can be read all the same.
    return null;
  }
}

const isTime = (it: { readonly line?: unknown; readonly at?: unknown } | null): boolean =>
  Number.isSafeInteger(it?.line) && typeof it?.at === 'string';

const listed = <T>(value: readonly T[] | undefined): readonly T[] => (Array.isArray(value) ? value : []);
