/**
 * The builder's one door: a job in, an outcome out. Whatever a build, a repository or the machine does becomes part of
 * the outcome; only a bug of ours is thrown. The workspace is gone when this returns, artifacts and logs stay.
 */
import type { Findings } from '@gityard/domain';
import type { BuildContext, Ending } from './build-context.ts';
import { openContext } from './build-context.ts';
import { BuildError, isSystemError } from './build-error.ts';
import type { BuildOutcome, BuildRequest } from './contract.ts';
import { putTogether } from './distribute/put-together.ts';
import { marksOf } from './environment.ts';
import { keepFailed } from './failed/keep-failed.ts';
import { type Folders, realRoot } from './folders.ts';
import { lodge } from './lodging/lodge.ts';
import { type BuildLog, type BuildLogEnd, openBuildLog } from './logs/build-log.ts';
import type { BuildRecord } from './logs/build-record.ts';
import { logStem } from './logs/chunks.ts';
import { logFiles } from './logs/log-files.ts';
import { takeSummary } from './logs/take-summary.ts';
import { packageFolders } from './prepare-home.ts';
import { beginningAnew, type Granted } from './recipe/wishes.ts';
import { runStages } from './run-stages.ts';
import { isolationOf } from './sandbox/isolation.ts';
import { networkOf } from './sandbox/network-for.ts';
import { type Cell, NO_LIMITS, noSandbox, type Sandbox } from './sandbox/sandbox.ts';

const MAX_LOG_BYTES = 64 * 1024 * 1024;
const REASON_CHARACTERS = 2_000;
/** As many as a result may hold; the log has more. */
const ANNOTATIONS = 50;

/** How and where it is built the repository may have a say in, and that is known only once it is fetched: then it begins anew. */
export async function runJob(request: BuildRequest): Promise<BuildOutcome> {
  for (let next = request; ; ) {
    const { outcome, anew } = await runOnce(next);
    if (anew === undefined) return outcome;
    next = await beginningAnew(request, anew);
  }
}

interface Ended {
  readonly outcome: BuildOutcome;
  readonly anew: Granted | undefined;
}

async function runOnce(request: BuildRequest): Promise<Ended> {
  const root = await realRoot(request.folder);
  const lodging = lodge(request, root);
  let log: BuildLog | null = null;
  const cell = await openCell(request, lodging.folders);
  let isLeft = false;
  const leave = async (end: { readonly isUsable: boolean }) => {
    if (isLeft) return null;
    isLeft = true;
    // First, since what is still alive in it could go on changing what is kept.
    await cell.close();
    return lodging.leave(end);
  };
  const build = openContext({ request, lodging, cell, writeLog: async (chunk) => log?.write(chunk) });
  try {
    const ended = await endOf(build, async () => {
      await lodging.open();
      log = await openLog(build);
      await runStages(build);
    });
    build.found.summary = await takeSummary(lodging.folders);
    const ending = await keepFailed(build, root, ended);
    // Before the log is written, so that it can tell of what could not be removed.
    const complaint = await leave({ isUsable: ending === ended && isUsable(build, ending) });
    if (complaint) build.note('warning', complaint);
    const { anew } = ending.status === 'succeeded' ? build.found : {};
    return { outcome: await report(build, ending, log), anew };
  } finally {
    build.stop.close();
    await leave({ isUsable: false });
  }
}

/** A command that came to its own end leaves what it made, or nothing of it; one that was ended may leave half of it. */
function isUsable({ found }: BuildContext, { status, cause, exitCode }: Ending): boolean {
  if (status === 'succeeded') return true;
  return found.isDivided && cause === 'code' && exitCode !== null && exitCode < 128;
}

function openLog({ request, folders, startedAt }: BuildContext): Promise<BuildLog> {
  const { job, agent, maxLogBytes: maxBytes = MAX_LOG_BYTES } = request;
  const stem = logStem({ agent, job: job.id, startedAt: startedAt.toISOString() });
  return openBuildLog(folders.log, { maxBytes, onWrite: (piece) => request.onLog?.(piece, stem) });
}

async function openCell(request: BuildRequest, folders: Folders): Promise<Cell> {
  const { limits = NO_LIMITS, policy } = request;
  return sandboxOf(request).open({
    id: folders.id,
    limits,
    writable: [folders.workspace, folders.home],
    temporary: folders.temporary,
    readable: [...(policy.readable ?? []), ...(await packageFolders())],
    marks: marksOf(request, folders),
  });
}

/** The processor of tasks is the owner's own program: it does what he wants of it on his machine, a task is only its input. */
const sandboxOf = ({ job, sandbox = noSandbox }: BuildRequest): Sandbox => (job.task === null ? sandbox : noSandbox);

async function endOf(build: BuildContext, act: () => Promise<void>): Promise<Ending> {
  try {
    await act();
    return { status: 'succeeded', cause: null, exitCode: 0, signal: null, reason: null };
  } catch (error) {
    return closeStages(build, endingFrom(build, error));
  }
}

function endingFrom({ redaction }: BuildContext, error: unknown): Ending {
  if (error instanceof BuildError) {
    const { code: cause, exitCode, signal, message } = error;
    return {
      status: cause === 'cancelled' ? 'cancelled' : 'failed',
      cause,
      exitCode,
      signal,
      reason: redaction.text(message).slice(0, REASON_CHARACTERS),
    };
  }
  if (!isSystemError(error)) throw error;
  return {
    status: 'failed',
    cause: 'infrastructure',
    exitCode: null,
    signal: null,
    reason: redaction.text(`this agent could not go on: ${error.message}`),
  };
}

function closeStages({ stages }: BuildContext, ending: Ending): Ending {
  const running = stages.running();
  const cancelled = ending.status === 'cancelled';
  if (running) stages.end(running, cancelled ? 'Cancelled' : 'Failed', ending.reason);
  stages.closeRest(cancelled ? 'Cancelled' : 'Skipped');
  return ending;
}

async function report(build: BuildContext, ending: Ending, log: BuildLog | null): Promise<BuildOutcome> {
  const endedAt = new Date();
  build.note(ending.status === 'succeeded' ? 'success' : 'error', ending.reason ?? 'the build succeeded');
  const { found, stages, request, redaction } = build;
  const succeeded = ending.status === 'succeeded';
  const own = {
    ...ending,
    branch: found.branch,
    commit: found.commit,
    toolchain: found.toolchain,
    isolation: isolationOf(sandboxOf(request), {
      network: networkOf(request.policy, found.recipe.network),
      image: request.wished?.image,
      stages: stages.list(),
    }),
    stages: stages.list(),
    tests: found.tests,
    findings: redaction.value(findingsOf(found)),
    durationMs: endedAt.getTime() - build.startedAt.getTime(),
  };
  const outcome = succeeded && request.parts ? putTogether(own, request.parts) : own;
  const files = log ? await filesOf(build, { ...outcome, endedAt: endedAt.toISOString() }, log) : [];
  const split = succeeded ? found.split : undefined;
  return {
    ...outcome,
    testRuns: redaction.value(found.testRuns),
    text: found.text && redaction.text(found.text),
    artifacts: found.artifacts,
    files,
    ...(split && { split }),
  };
}

function findingsOf(found: BuildContext['found']): Findings {
  const built = found.whole === undefined ? found.findings.built : wholeBecause(found);
  return { ...found.findings, annotations: found.problems.list().slice(0, ANNOTATIONS), built };
}

const wholeBecause = ({ whole, findings: { built } }: BuildContext['found']): string =>
  `not split: ${whole}${built === null ? '' : `; ${built}`}`.slice(0, 1000);

type Told = Pick<
  BuildRecord,
  | 'status'
  | 'cause'
  | 'exitCode'
  | 'signal'
  | 'reason'
  | 'branch'
  | 'commit'
  | 'toolchain'
  | 'isolation'
  | 'stages'
  | 'tests'
  | 'durationMs'
  | 'endedAt'
>;

/** A log that cannot be kept (a full disk, most often) is a pity; the outcome of the build is still the outcome. */
async function filesOf(build: BuildContext, told: Told, log: BuildLog): Promise<BuildOutcome['files']> {
  try {
    const record = recordOf(build, told, await log.close());
    return await logFiles(build.redaction.value(record), log.file);
  } catch (error) {
    if (isSystemError(error)) return [];
    throw error;
  }
}

function recordOf(
  { request, startedAt, commands, events, found }: BuildContext,
  told: Told,
  { truncated, totalBytes, missing, index }: BuildLogEnd,
): BuildRecord {
  const { job, token, attempt, agent } = request;
  return {
    schemaVersion: 1,
    job: job.id,
    attempt,
    token,
    agent,
    repository: job.repository,
    startedAt: startedAt.toISOString(),
    ...told,
    commands,
    events,
    firstErrors: found.firstErrors,
    artifacts: found.artifacts.map(({ file: _, ...artifact }) => artifact),
    truncated,
    outputBytes: totalBytes,
    missing,
    ...index,
    summary: found.summary,
    testCases: found.told,
    unreadReports: found.unreadReports,
    flakyTests: found.findings.flakyTests,
    coverage: found.findings.coverage,
    annotations: found.problems.list(),
  };
}
