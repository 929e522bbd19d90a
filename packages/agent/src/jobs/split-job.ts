/**
 * A job that several agents build together, seen from the one that holds it: whom to ask, the jobs that it becomes, and what
 * they brought about once it comes back. The queue does all the rest; nobody here waits for anybody.
 */
import type { Among, BuildOutcome, BuildRequest, Parts, SplitPlan } from '@gityard/builder';
import {
  type Agent,
  agentHealth,
  canRun,
  type InputOf,
  type Job,
  partsOf,
  preferenceRank,
  type State,
  whyIdle,
} from '@gityard/domain';
import { newId } from '@gityard/yard';
import type { AgentContext, JobEnd } from '../context.ts';
import { atMost, backOffMs, pause } from '../pause.ts';
import { type Holding, holderOf } from './holding.ts';

/** What a build is told of the others; nothing, when it is one of the common kind. */
export async function withOthers(
  context: AgentContext,
  job: Job,
  cache: BuildRequest['cache'],
): Promise<Partial<BuildRequest>> {
  if (job.split !== null) {
    const { kind } = job.split;
    return { job: asBuiltHere(job, kind), parts: await partsFor(context, job, kind) };
  }
  if (job.part !== null || (job.strategy !== 'Distributed' && job.strategy !== 'Canary')) return {};
  await lookAround(context);
  const among = amongFor(context, job, cache);
  const isCanary = job.strategy === 'Canary';
  return { job: asBuiltHere(job, isCanary ? 'canary' : 'distributed'), isCanary, ...(among && { among }) };
}

/** Whoever puts parts together, or could not find anybody to help, builds as any other agent would. */
const asBuiltHere = (job: Job, kind: Parts['kind']): Job => ({
  ...job,
  strategy: kind === 'canary' ? 'Clean' : 'Cached',
  strategyNamed: true,
});

/** Who works alone hears little of the others; without an answer it counts those whom it knows. */
async function lookAround({ yard, giveUp }: AgentContext): Promise<void> {
  try {
    await yard.live.refresh(atMost(TRY_MS, giveUp));
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
}

/** The preferred one first. Who holds a lock or counts in a group would not do so from several agents. */
function amongFor({ yard, self }: AgentContext, job: Job, cache: BuildRequest['cache']): Among | undefined {
  const { state } = yard;
  const kind = job.strategy === 'Canary' ? 'canary' : 'distributed';
  if (job.locks.length > 0 || job.group !== null) return undefined;
  const requires = kind === 'distributed' && cache?.shared !== undefined ? [`cache=${cache.shared}`] : [];
  const asked: Job = { ...job, assignedTo: null, requires: [...job.requires, ...requires] };
  const now = yard.now();
  const able = [...state.agents].filter(
    (it) => isThere(state, it.id, now) && whyIdle(state, it, now) === undefined && canRun(it, asked),
  );
  if (job.assignedTo !== null && kind === 'distributed') return { kind, agents: [self.id] };
  const first = job.assignedTo ?? preferred(state, job, able);
  const ids = able.map((it) => it.id).sort();
  return { kind, agents: first === undefined ? ids : [first, ...ids.filter((it) => it !== first)] };
}

/** A beat that is late says that a machine is busy, not that it is gone. */
function isThere(state: State, id: string, now: string): boolean {
  const heartbeat = state.heartbeats.get(id);
  if (!heartbeat || heartbeat.stopped || heartbeat.pid === 0) return false;
  return agentHealth(heartbeat, now, state.yard) !== 'silent';
}

const preferred = (state: State, job: Job, able: readonly Agent[]): string | undefined =>
  [...able].sort((a, b) => preferenceRank(state, job, able, a) - preferenceRank(state, job, able, b))[0]?.id;

async function partsFor({ yard }: AgentContext, job: Job, kind: Parts['kind']): Promise<Parts> {
  const jobs = partsOf(yard.state, job);
  const parts = jobs.map((it) => ({ job: it, manifest: yard.state.manifests.get(it.id) }));
  return { kind, parts, logOf: (it) => rawLogOf(yard, it) };
}

/** A log that is not there (any more) is a pity, and no reason to lose the build. */
async function rawLogOf(yard: AgentContext['yard'], job: Job): Promise<readonly Uint8Array[]> {
  const base = job.result?.log?.replace(/\.json$/, '.') ?? null;
  if (base === null) return [Buffer.from('[gityard] its log was not kept\n')];
  try {
    const files = (await yard.logs.filesOf(job.id)).filter(
      (it) => it.path.startsWith(base) && it.path.endsWith('.log'),
    );
    const numberOf = (path: string): number => Number(path.slice(base.length, -'.log'.length));
    return files.sort((a, b) => numberOf(a.path) - numberOf(b.path)).map((it) => it.content);
  } catch (error) {
    return [Buffer.from(`[gityard] its log could not be read: ${(error as Error).message}\n`)];
  }
}

/** Done, or the outcome that says why it could not be: then the job ends like any that failed. */
export async function splitJob(
  context: AgentContext,
  holding: Holding,
  { outcome, split }: { outcome: BuildOutcome; split: SplitPlan },
): Promise<JobEnd | BuildOutcome> {
  const { id: job, token } = holding;
  const answer = await splitAtLast(context, inputOf(context, holding, { outcome, split }));
  if (answer === undefined || (!answer.ok && LOST.includes(answer.code)))
    return ended(context, holding, { status: 'late', text: `job ${job} was taken before it could be split` });
  if (answer.ok) return ended(context, holding, { status: 'split', text: `split into ${split.parts.length} jobs` });
  const asked = context.yard.state.jobs.get(job)?.token === token && context.yard.state.jobs.get(job)?.cancelRequested;
  const end = asked
    ? ({ status: 'cancelled', cause: 'cancelled' } as const)
    : ({ status: 'failed', cause: 'code' } as const);
  return { ...outcome, ...end, reason: `it could not be split: ${answer.reason}` };
}

const LOST: readonly string[] = ['STALE_TOKEN', 'ALREADY_FINISHED', 'NOT_FOUND'];

function ended({ emit }: AgentContext, { id: job, token }: Holding, end: Pick<JobEnd, 'status' | 'text'>): JobEnd {
  emit({ kind: 'ended', job, token, ...end });
  return { job, ...end };
}

/** The ids are made once, so that a split that is asked for again is the same. */
function inputOf(
  context: AgentContext,
  holding: Holding,
  { outcome, split: { parts, ...facts } }: { outcome: BuildOutcome; split: SplitPlan },
): InputOf<'split'> {
  const ids = parts.map(() => newId());
  const idAt = (at: number): string => ids[at] ?? '';
  const children = parts.map(({ part, needs, assignedTo }, at) => ({
    id: idAt(at),
    part,
    needs: needs.map(idAt),
    assignedTo,
  }));
  const { branch, commit, toolchain, stages } = outcome;
  const found = { branch, commit, toolchain, stages, now: context.yard.now() };
  return { ...holderOf(context, holding), ...facts, ...found, children };
}

const TRY_MS = 10_000;

/** Tried until the yard has answered; undefined when we were told to stop first. */
async function splitAtLast({ yard, giveUp }: AgentContext, input: InputOf<'split'>) {
  for (let failures = 1; !giveUp.aborted; failures++) {
    try {
      return await yard.perform('split', input, { signal: atMost(TRY_MS, giveUp) });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      await pause(backOffMs(failures), giveUp);
    }
  }
  return undefined;
}
