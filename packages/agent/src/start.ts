/**
 * Everything an agent needs before its loops may run: the yard, a look at it, results of an earlier life handed in, and a
 * registration. A remote that is away is waited for; what only a person can mend ends the start with an error.
 */

import { hostname } from 'node:os';
import { isListed, newerSchema } from '@gityard/domain';
import { openSpool, openYard, spoolPlace, type Yard, type YardOptions } from '@gityard/yard';
import { AgentError } from './agent-error.ts';
import { Bell } from './bell.ts';
import type { AgentContext, Self } from './context.ts';
import type { Ending } from './ending.ts';
import { placeOf } from './event-place.ts';
import type { AgentEvent } from './events.ts';
import { buildFolder } from './home/build-folder.ts';
import { lastLife, markLife, saveLife } from './home/life.ts';
import { notedProcesses, Processes } from './home/processes.ts';
import { Lease } from './lease.ts';
import { handInWaiting } from './loops/spool.ts';
import type { AgentOptions } from './options.ts';
import { atMost, backOffMs, pause } from './pause.ts';
import { type Policy, readPolicy } from './policy.ts';
import { poolOfThisSystem, register } from './registration.ts';
import { RoundTrip } from './round-trip.ts';
import { machineCapabilities } from './sandbox.ts';
import { ensureAgeIdentity } from './secrets/age.ts';
import { StatusBoard } from './status-board.ts';
import { Storage } from './storage.ts';
import { watchedLine } from './supervisor.ts';
import { exitFor, needsAPerson, pauseAfterMs, textOf } from './trouble.ts';
import { ownKey } from './trust/agent-key.ts';
import { readTrust } from './trust/own-trust.ts';
import { tellReturned } from './update/after-trial.ts';
import { changingOf, takePartInUpdates } from './update/changing.ts';

export async function makeContext(options: AgentOptions, ending: Ending): Promise<AgentContext> {
  const { address, token, sshKey, refs, id, home, acceptRewrite } = options;
  const [policy, trust] = await Promise.all([readPolicy(home), readTrust({ home })]);
  checkPool(policy, options);
  if (policy.updates.length > 0) await takePartInUpdates(home);
  const board = new StatusBoard();
  const emit = (event: AgentEvent) =>
    options.onEvent?.(
      event,
      placeOf(event, () => direct.state),
    );
  const onLocal = localCopyLine({ board, emit });
  const as = { actor: id, role: 'agent', home, acceptRewrite } as const;
  const { onPerformed } = options;
  const direct = openYard({ address, token, sshKey, refs, ...as, onLocal, ...(onPerformed && { onPerformed }) });
  const relaying = await relayingFor(options, direct);
  const yard = relaying ? relaying.yard : direct;
  const spool = await openSpool({
    place: spoolPlace(home, { address, refs: yard.refs }),
    identity: id,
    onDamage: (text) => emit({ kind: 'spool-damaged', text }),
  });
  const storage = new Storage({
    home,
    settings: options.storage ?? {},
    given: options.cache,
    env: process.env,
    onTrouble: (text) => emit({ kind: 'storage-trouble', text }),
  });
  const self: Self = { id, boot: yard.boot, host: hostname(), pid: process.pid, home };
  const bell = new Bell();
  yard.onChange(() => bell.ring());
  ending.drain.addEventListener('abort', () => bell.ring());
  ending.cancel.addEventListener('abort', () => bell.ring());
  return {
    self,
    options,
    yard,
    spool,
    bell,
    metrics: await metricsFor(options),
    policy,
    trust,
    board,
    storage,
    relaying,
    lease: new Lease(),
    roundTrip: new RoundTrip(),
    running: new Map(),
    processes: new Processes(home),
    key: await ownKey(home, id),
    changing: await changingOf(options),
    drain: ending.drain,
    cancel: ending.cancel,
    giveUp: ending.giveUp,
    emit,
    end: (exit) => ending.end(exit),
  };
}

/** A machine of another pool is asked for other things: which it serves in is for its owner to say. */
function checkPool({ pools }: Policy, { pool = poolOfThisSystem() }: AgentOptions): void {
  if (isListed(pools, pool)) return;
  throw new AgentError(
    'POLICY',
    `the policy of this machine lets it serve in ${pools.join(', ') || 'no pool'}, not in ${pool}`,
  );
}

/** Loaded only where the agent has the key of a site. */
async function relayingFor({ relayKey }: AgentOptions, yard: Yard) {
  if (relayKey === undefined) return undefined;
  const { joinSite } = await import('./relay/join-site.ts');
  return joinSite(relayKey, yard);
}

/** Loaded only where somebody wants to have them. */
async function metricsFor({ metricsFile, id, home }: AgentOptions) {
  if (metricsFile === undefined) return undefined;
  const { AgentMetrics } = await import('./metrics/agent-metrics.ts');
  return AgentMetrics.open({ id, home });
}

/** The copy of the yard on our disk only saves time; what is wrong with it is worth a line, and no more. */
function localCopyLine(shown: Pick<AgentContext, 'board' | 'emit'>): NonNullable<YardOptions['onLocal']> {
  const line = watchedLine('local copy', shown);
  return ({ kind, text, againInMs }) => {
    if (kind === 'failed') line.failed(text, againInMs);
    else if (kind === 'works') line.doing(text);
    else shown.emit({ kind: 'rewrite-accepted', text });
  };
}

const LEFTOVERS_MS = 30_000;

/** False when we were told to stop before the yard could be reached. */
export async function enter(context: AgentContext): Promise<boolean> {
  const { yard, self, drain } = context;
  const detecting = machineCapabilities(context.policy, context.self.home);
  const [capabilities, before] = await Promise.all([detecting, lastLife(self.home), endOldBuilds(context)]);
  if (!(await atLast(context, () => look(yard, drain)))) return false;
  const newer = newerSchema(yard.state);
  if (newer !== null) throw new AgentError('NEWER_SCHEMA', newer.reason);
  // What cannot be handed in by then must not keep us from working; it stays for the next start.
  await handInLeftovers(context, atMost(LEFTOVERS_MS, drain));

  const ageRecipient = await recipientOf(context);
  const answer = await atLast(context, () => register(context, { capabilities, before, ageRecipient }));
  if (!answer) return false;
  if (!answer.ok) throw refusedAs(answer);
  await saveLife(self.home, self);
  await markLife(self);
  const allows = context.policy.repositories.length;
  context.emit({ kind: 'registered', agent: self.id, address: yard.address, allows });
  tellReturned(context);
  return true;
}

/** An agent whose key cannot be read still builds; what was sealed for it, it cannot open, and says so then. */
async function recipientOf({ self, yard, emit }: AgentContext): Promise<string | null> {
  try {
    return (await ensureAgeIdentity(self.home)).recipient;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    emit({ kind: 'upkeep-failed', task: 'secrets', text: textOf(error) });
    return yard.state.agents.get(self.id)?.ageRecipient ?? null;
  }
}

/** Before the yard learns that our last life is over, and takes its jobs from it. */
async function handInLeftovers(context: AgentContext, until: AbortSignal): Promise<void> {
  for (let failures = 1; !until.aborted; failures++) {
    try {
      await handInWaiting(context, until);
      return;
    } catch (error) {
      if (until.aborted) return;
      if (!(error instanceof Error)) throw error;
      await pause(backOffMs(failures), until);
    }
  }
}

/** We hold the folder's lock, so whatever still builds in it was left behind by a life that was killed. */
async function endOldBuilds({ self, options }: AgentContext): Promise<void> {
  const { endLeftovers, KEEPING, removeLeftWorkspaces, removeOldFailed } = await import('@gityard/builder');
  const processes = await notedProcesses(self.home);
  await endLeftovers({ folder: buildFolder(self.home), processes, graceMs: options.graceMs });
  // What cannot be removed only takes room; the next start tries again.
  await removeLeftWorkspaces(buildFolder(self.home));
  await removeOldFailed(buildFolder(self.home), KEEPING).catch(() => undefined);
}

async function look(yard: Yard, signal: AbortSignal): Promise<true> {
  await yard.refresh(signal);
  await yard.live.refresh(signal).catch((error: unknown) => {
    // The live ref is made again by the first beat; whoever lives there will say so.
    if ((error as { code?: unknown }).code !== 'BRANCH_MISSING') throw error;
  });
  return true;
}

function refusedAs({ code, reason }: { code: string; reason: string }): AgentError {
  const known = code === 'DUPLICATE_AGENT' || code === 'NEWER_SCHEMA' ? code : 'INVALID_DATA';
  return new AgentError(known, reason);
}

/** Undefined when we were told to stop first. Asked to run one job only, somebody waits for the answer: then it is one try. */
async function atLast<Result>(context: AgentContext, act: () => Promise<Result>): Promise<Result | undefined> {
  const { drain, options } = context;
  const line = watchedLine('start', context);
  for (let failures = 1; !drain.aborted; failures++) {
    try {
      return await act();
    } catch (error) {
      if (drain.aborted) return undefined;
      if (options.once || needsAPerson(error) || !exitFor(error)) throw error;
      const againInMs = pauseAfterMs(error, failures);
      line.failed(textOf(error), againInMs);
      await pause(againInMs, drain);
    }
  }
  return undefined;
}
