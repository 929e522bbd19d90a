/**
 * One claimed job from its claim to its end: prove the lease, say that it starts, build, hand the result in with its log.
 * How it ends depends on why a build was stopped: cancelled at a person's wish it is finished, stopped for our own reasons
 * it is given back, and what was taken from us is only noted.
 */
import assert from 'node:assert/strict';
import type { BuildOutcome, BuildSecrets } from '@gityard/builder';
import { currentAttempt, knownTests, NO_FINDINGS } from '@gityard/domain';
import { type Span, traced } from '@gityard/telemetry';
import { maskedLog, maskSecrets } from '@gityard/yard';
import { AgentError } from '../agent-error.ts';
import type { AgentContext, JobEnd } from '../context.ts';
import type { StopReason } from '../events.ts';
import { buildFolder } from '../home/build-folder.ts';
import { limitsOf, sandboxFor, secondsAtMost } from '../sandbox.ts';
import { secretsFor } from '../secrets/give-secrets.ts';
import { secretSources } from '../secrets/list.ts';
import { keyOf } from '../status-board.ts';
import { textOf } from '../trouble.ts';
import { cacheFor } from './cache-for.ts';
import { finishFrom } from './finish-from.ts';
import { handIn } from './hand-in.ts';
import { type Holding, holderOf } from './holding.ts';
import { attemptSpan, endFacts, stageTeller } from './job-spans.ts';
import { type PlacedOutcome, placeArtifacts } from './place-artifacts.ts';
import { proveLease } from './prove-lease.ts';
import { release } from './release.ts';
import { splitJob, withOthers } from './split-job.ts';
import { progressOf } from './tell-progress.ts';
import { distrustClaimed } from './trusted-job.ts';
import { type Watch, watchOver } from './watch-over.ts';

export async function runOneJob(
  context: AgentContext,
  { job, sinceMs }: Pick<Holding, 'job' | 'sinceMs'>,
): Promise<JobEnd> {
  const holding: Holding = { job, id: job.id, token: job.token, sinceMs };
  context.emit({ kind: 'claimed', job: holding.id, token: holding.token });
  context.board.putJob({ id: holding.id, token: holding.token, stage: null, progress: null });
  const watch = watchOver(context, holding);
  try {
    return await traced(
      () => attemptSpan(job),
      (span) => runToItsEnd(context, holding, { watch, span }),
    );
  } finally {
    watch.end();
    context.board.dropJob(holding);
    context.processes.ended(keyOf(holding));
  }
}

async function runToItsEnd(
  context: AgentContext,
  holding: Holding,
  { watch, span }: { readonly watch: Watch; readonly span: Span },
): Promise<JobEnd> {
  const startedMs = performance.now();
  const end = await runWatched(context, holding, watch).catch((error: unknown) =>
    // A bug of ours, or a full disk. The job is not to blame, and somebody else may have better luck.
    release(context, holding, `agent ${context.self.id} could not run it: ${textOf(error)}`),
  );
  span.note(endFacts(end, (performance.now() - startedMs) / 1000));
  if (end.status === 'failed' || end.status === 'released') span.failed(end.text);
  // Whoever took the job told of this attempt, as one that was lost.
  if (end.status === 'late') span.discard();
  return end;
}

async function runWatched(context: AgentContext, holding: Holding, watch: Watch): Promise<JobEnd> {
  const [proven] = await Promise.all([proveLease(context, holding, watch.signal), sayStarted(context, holding)]);
  const trusted = proven && holding.job.update ? await changeTrusted(context, holding, watch.signal) : undefined;
  if (trusted?.changes !== undefined) {
    watch.end();
    return handOver(context, holding, trusted.changes);
  }
  const outcome = trusted?.outcome ?? (proven ? await buildTrusted(context, holding, watch.signal) : undefined);
  watch.end();
  const { why } = watch;
  if (outcome?.split && !why) {
    const answer = await splitJob(context, holding, { outcome, split: outcome.split });
    return 'artifacts' in answer ? settle(context, holding, { outcome: answer, why }) : answer;
  }
  // What a build brought about before the word reached it is a result like any other.
  if (outcome && (!why || outcome.status !== 'cancelled')) return settle(context, holding, { outcome, why });
  assert(why, 'nothing but its watch keeps a build from running to its end');
  if (why.kind === 'cancel-requested' || (outcome && why.kind === 'taken'))
    return settle(context, holding, { outcome: outcome ?? neverBegun(why.text), why });
  if (!proven && why.kind === 'lease-lost') context.lease.couldNotProve(context.yard.state.yard);
  return why.kind === 'taken' ? leave(context, holding, why.text) : release(context, holding, why.text);
}

/** The build goes on when this cannot be told: the beat that named the job stands, and `finish` says all of it again. */
async function sayStarted(context: AgentContext, holding: Holding): Promise<void> {
  try {
    await context.yard.perform('start', { ...holderOf(context, holding), now: context.yard.now() });
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

/** Between our look at it and the claim somebody may have changed it. */
async function buildTrusted(context: AgentContext, holding: Holding, signal: AbortSignal): Promise<PlacedOutcome> {
  const problem = await distrustClaimed(context, holding.job);
  if (problem === null) return build(context, holding, signal);
  return { ...neverBegun(`SIGNATURE: ${problem}`), status: 'failed', cause: 'policy' };
}

interface ProgramChange {
  readonly outcome?: BuildOutcome;
  /** Another program goes on with the job, says this text. */
  readonly changes?: string;
}

async function changeTrusted(context: AgentContext, holding: Holding, signal: AbortSignal): Promise<ProgramChange> {
  const { changeProgram } = await import('../update/change-program.ts');
  const { UpdateError } = await import('../update/update-error.ts');
  const isOnTrial = context.changing?.trialOf === holding.id;
  try {
    const problem = await distrustClaimed(context, holding.job);
    if (problem !== null) throw new UpdateError('policy', `SIGNATURE: ${problem}`);
    const changed = await changeProgram(context, holding, signal);
    if (changed.kind === 'changes') return { changes: changed.text };
    const status = changed.ok ? 'succeeded' : 'failed';
    return { outcome: { ...neverBegun(changed.text), status, cause: changed.ok ? null : 'code' } };
  } catch (error) {
    // Nobody waits for it any more: back to the program that was there before.
    if (isOnTrial) context.end({ code: 0, reason: `the trial was stopped: ${textOf(error)}`, error: null });
    if (signal.aborted) return { outcome: neverBegun(textOf(error)) };
    const cause = error instanceof UpdateError ? error.failure : 'infrastructure';
    return { outcome: { ...neverBegun(textOf(error)), status: 'failed', cause } };
  }
}

/** The one that goes on with it cannot have it before this life is over. */
async function handOver(context: AgentContext, holding: Holding, text: string): Promise<JobEnd> {
  const end = await release(context, holding, text);
  context.end({ code: 0, reason: text, error: null });
  return end;
}

async function build(context: AgentContext, holding: Holding, signal: AbortSignal): Promise<PlacedOutcome> {
  const [{ runJob }, { openLiveLog }] = await Promise.all([import('@gityard/builder'), import('./live-log.ts')]);
  const { job, token } = holding;
  const config = context.yard.state.yard.jobs;
  const progress = progressOf(context, holding);
  const choice = await sandboxFor(context.policy);
  // Its policy changed since the job was claimed: somebody else may build it.
  if (!choice.ok) throw new AgentError('POLICY', `${choice.brief}; ${choice.hint}`);
  const live = openLiveLog(context, holding);
  const tellStages = stageTeller(job);
  const cache = await cacheFor(context, job, signal);
  const outcome = await runJob({
    job,
    token,
    attempt: currentAttempt(job)?.number ?? 1,
    agent: context.self.id,
    folder: buildFolder(context.self.home),
    policy: context.policy,
    processor: context.options.processor,
    sandbox: choice.sandbox,
    limits: limitsOf(context.policy),
    timeoutSeconds: secondsAtMost(job.timeoutSeconds ?? config.timeoutSeconds, context.policy),
    silentSeconds: (job.silentTimeoutSeconds ?? config.silentTimeoutSeconds) || undefined,
    ...(cache && { cache }),
    signal,
    graceMs: context.options.graceMs,
    secrets: secretsOf(context, holding),
    keepFailed: context.options.keepFailed,
    onProcess: (process) => context.processes.started(keyOf(holding), process),
    onProgress: ({ stages, progress: text }) => {
      tellStages(stages);
      progress.tell(stages, text);
    },
    onLog: live.add,
    ...(await withOthers(context, job, cache)),
    withOthers: (asked) => withOthers(context, asked, cache),
    knownTests: knownTests(context.yard.state, job.repository, context.yard.now()),
  });
  tellStages(outcome.stages);
  await Promise.all([progress.settled(), live.end()]);
  if (outcome.findings.cache) context.board.usedCache(outcome.findings.cache);
  return placeArtifacts(context, holding, { outcome, progress, signal });
}

/** Read when the build asks, from the yard as it is then. */
function secretsOf({ self, policy, yard }: AgentContext, job: Holding): BuildSecrets {
  const sources = secretSources({ home: self.home, environment: process.env, secrets: () => yard.state.secrets });
  return secretsFor({ agent: self.id, home: self.home, policy, sources, job, now: () => yard.now() });
}

interface Built {
  readonly outcome: PlacedOutcome;
  readonly why: StopReason | undefined;
}

async function settle(context: AgentContext, holding: Holding, { outcome, why }: Built): Promise<JobEnd> {
  // What a program printed nobody has looked at, and the result of a task stays in the history.
  const text = outcome.text && (await maskSecrets(outcome.text));
  // Masked before it is attested: the digest is to be that of the log that others read.
  const files = await Promise.all(outcome.files.map(maskedLog));
  const finish = finishFrom(context, holding, { outcome: { ...outcome, text, files }, why });
  return handIn(context, { finish, files: why?.kind === 'taken' ? [] : files });
}

/** Taken away before its first command ran: there is nothing to tell the yard. */
function leave({ emit }: AgentContext, { id, token }: Holding, text: string): JobEnd {
  emit({ kind: 'ended', job: id, token, status: 'late', text });
  return { job: id, status: 'late', text };
}

/** The outcome of a build that was cancelled before its first command ran. */
function neverBegun(reason: string): BuildOutcome {
  return {
    status: 'cancelled',
    cause: 'cancelled',
    exitCode: null,
    signal: null,
    reason,
    branch: null,
    commit: null,
    toolchain: null,
    isolation: 'none',
    stages: [],
    tests: null,
    findings: NO_FINDINGS,
    text: null,
    artifacts: [],
    files: [],
    durationMs: 0,
  };
}
