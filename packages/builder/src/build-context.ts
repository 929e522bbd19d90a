/** What the steps of one build share, and what they find out on the way. Lives exactly as long as the build. */
import { type Cause, type Findings, NO_FINDINGS, type TestTotals, type Toolchain } from '@gityard/domain';
import type { BuildRequest, BuildUpdate, StoredArtifact, TestRuns, Wished } from './contract.ts';
import type { SplitPlan } from './distribute/plan-split.ts';
import type { Folders } from './folders.ts';
import type { Lodging } from './lodging/lodging.ts';
import type { CommandRecord, LogEvent } from './logs/build-record.ts';
import type { Granted } from './recipe/wishes.ts';
import { NO_RECIPE, type Recipe } from './recipe.ts';
import { NO_TESTS_TOLD, type TestsTold } from './reports/summarise.ts';
import type { Cell } from './sandbox/sandbox.ts';
import { openRedaction, type Redaction } from './secrets/redaction.ts';
import type { Tree } from './source/tree.ts';
import { openProblemBook, type ProblemBook } from './stages/problem-book.ts';
import { openStageBook, type StageBook } from './stages/stage-book.ts';
import { openStop, type Stop } from './stop.ts';

interface Found {
  branch: string | null;
  commit: string | null;
  committedSeconds: number;
  toolchain: Toolchain | null;
  /** The files of the commit. */
  tree: Tree;
  /** There are projects, so that it is known of which ones a failed build left nothing of use. */
  isDivided: boolean;
  /** What the repository says itself, once it is fetched. */
  recipe: Recipe;
  tests: TestTotals | null;
  text: string | null;
  artifacts: StoredArtifact[];
  firstErrors: readonly string[];
  findings: Findings;
  told: TestsTold;
  testRuns: TestRuns | null;
  /** What is missing in the totals of the tests, and why: one sentence of each report. */
  unreadReports: readonly string[];
  /** Tests in quarantine that failed, and for which the build did not. */
  overlooked: readonly string[];
  /** What its toolchain set for the program that ran last. */
  environment: Readonly<Record<string, string>>;
  /** Secrets by name, once they were given. */
  secrets: Readonly<Record<string, string>>;
  readonly problems: ProblemBook;
  /** What the build wrote about itself, in Markdown. */
  summary: string | null;
  /** How it is to be split, or why it is not. */
  split?: SplitPlan;
  whole?: string;
  /** What the repository asks for and did not have from the beginning, and whether it may have it. */
  wishes?: Wished;
  anew?: Granted;
}

export interface BuildContext {
  readonly request: BuildRequest;
  readonly folders: Folders;
  readonly lodging: Lodging;
  readonly startedAt: Date;
  readonly stages: StageBook;
  readonly stop: Stop;
  readonly found: Found;
  /** Where its programs run. */
  readonly cell: Cell;
  readonly commands: CommandRecord[];
  readonly events: LogEvent[];
  /** Takes secrets out of whatever leaves the build; texts go through it before they are cut. */
  readonly redaction: Redaction;
  /** Puts one chunk into the raw log and shows it to whoever watches. */
  write(chunk: Uint8Array): Promise<void>;
  /** Shows what of it was held back, at the end of a program. */
  flush(): Promise<void>;
  /** What a stage that is about to start will do; told together with its start. */
  open(text: string): void;
  /** What is happening now; told when the last telling is some time ago. */
  progress(text: string): void;
  note(level: LogEvent['level'], text: string): void;
}

/** How a build ended, before anything is said about it. */
export interface Ending {
  readonly status: 'succeeded' | 'failed' | 'cancelled';
  readonly cause: Cause | null;
  readonly exitCode: number | null;
  readonly signal: string | null;
  readonly reason: string | null;
}

const PROGRESS_EVERY_MS = 1_000;
const MAX_EVENTS = 1_000;

export interface Opening {
  readonly request: BuildRequest;
  readonly lodging: Lodging;
  readonly cell: Cell;
  writeLog(chunk: Uint8Array): Promise<void>;
}

export function openContext({ request, lodging, cell, writeLog }: Opening): BuildContext {
  const { job } = request;
  const startedAt = new Date();
  const events: LogEvent[] = [];
  const note: BuildContext['note'] = (level, text) => {
    if (events.length < MAX_EVENTS) events.push({ at: new Date().toISOString(), level, text: redaction.text(text) });
  };
  const redaction = openRedaction((text) => note('warning', text));
  const teller = openTeller({
    send: (update) => request.onProgress(update),
    stages: () => stages.list(),
    clean: redaction.text,
  });
  const stages = openStageBook(teller.tell, redaction.text);
  const log = redaction.openLog();
  const show = async (shown: Uint8Array) => {
    if (shown.length === 0) return;
    request.onOutput?.(shown);
    await writeLog(shown);
  };
  return {
    request,
    folders: lodging.folders,
    lodging,
    startedAt,
    stages,
    stop: openStop(request),
    // Without a commit there is still one fixed moment that every retry of the job shares.
    found: {
      branch: job.branch,
      commit: job.commit,
      committedSeconds: Math.floor(Date.parse(job.submittedAt) / 1000),
      toolchain: null,
      tree: new Map(),
      isDivided: false,
      recipe: NO_RECIPE,
      tests: null,
      text: null,
      artifacts: [],
      firstErrors: [],
      findings: NO_FINDINGS,
      told: NO_TESTS_TOLD,
      testRuns: null,
      unreadReports: [],
      overlooked: [],
      environment: {},
      secrets: {},
      problems: openProblemBook(lodging.folders.source),
      summary: null,
    },
    cell,
    commands: [],
    events,
    redaction,
    write: (chunk) => show(log.write(chunk)),
    flush: () => show(log.end()),
    open: teller.open,
    progress: teller.progress,
    note,
  };
}

/** Every change of a stage is told at once; progress texts only now and then, because each may become a heartbeat. */
interface Telling {
  send(update: BuildUpdate): void;
  stages(): BuildUpdate['stages'];
  clean(text: string): string;
}

function openTeller({ send, stages, clean }: Telling) {
  let text: string | null = null;
  let toldAt = Number.NEGATIVE_INFINITY;
  const tell = () => {
    toldAt = performance.now();
    send({ stages: stages(), progress: text });
  };
  const open = (next: string) => {
    text = clean(next).slice(0, 300);
  };
  const progress = (next: string) => {
    open(next);
    if (performance.now() - toldAt >= PROGRESS_EVERY_MS) tell();
  };
  return { tell, open, progress };
}
