/**
 * Beats until told to say farewell: each interval, and earlier when the set of held jobs or a stage changed. A beat is the
 * agent's heartbeat and a fresh read model in one commit of the live ref. Runs in the heartbeat's own thread; where pushes are
 * counted, the main thread's commits carry beats as well, and this one speaks up when they do not come in time.
 */
import type { Heartbeat, State } from '@gityard/domain';
import { openYard, type Yard } from '@gityard/yard';
import { BeatMemory } from '../beat-memory.ts';
import { Bell } from '../bell.ts';
import { jittered, monotonicMs, pause } from '../pause.ts';
import { pushesAreScarce } from '../scarce.ts';
import { type Doings, keyOf, type Urgency } from '../status-board.ts';
import { isBranchLost, needsAPerson, pauseAfterMs, textOf, toldToWaitMs } from '../trouble.ts';
import type { FromHeartbeat, HeartbeatSetup, ToHeartbeat } from './heartbeat-messages.ts';
import { BeatMaker, SHORTEST_MS } from './make-beat.ts';
import { sentInTime, type Urging } from './sent-in-time.ts';

export interface MainThread {
  post(message: FromHeartbeat): void;
  onMessage(listener: (message: ToHeartbeat) => void): void;
}

const JITTER = 0.05;
const LONGEST_PROBE_MS = 4_000;
const FAREWELL_MS = 5_000;
const DEADLINE_MS = 30_000;
/** A claim is followed by the commit that says it starts, and a beat rides with that: so long it is waited for. */
const RIDE_COMES_MS = 5_000;
const LONGEST_WAIT_MS = 60 * 60_000;
/** Among the classes of operations: the first beat that names a job lets its build begin. */
const [FAREWELL, PROOF, ORDINARY] = [0, 1, 2];

export async function beatUntilFarewell(setup: HeartbeatSetup, main: MainThread): Promise<void> {
  const { address, token, sshKey, refs, self, remote } = setup;
  const identity = { actor: self.id, boot: self.boot, role: 'agent', shared: remote } as const;
  const yard = openYard({ address, token, sshKey, refs, ...identity, deadlineMs: DEADLINE_MS });
  const member = setup.relayKey === undefined ? undefined : await joinedSite(setup.relayKey, yard);
  member?.link.use(setup.relayUrl);
  const heart = new Heart(setup, member?.yard ?? yard, { main, isRelayed: () => member?.link.isUp ?? false });
  main.onMessage((message) => (message.kind === 'relay' ? member?.link.use(message.url) : heart.hear(message)));
  try {
    await heart.beatOn();
  } finally {
    await yard.close();
  }
}

async function joinedSite(key: string, yard: Yard) {
  const { joinSite } = await import('../relay/join-site.ts');
  return joinSite(key, yard);
}

class Heart {
  private readonly setup: HeartbeatSetup;
  private readonly yard: Yard;
  private readonly main: MainThread;
  private readonly isRelayed: () => boolean;
  private readonly bell = new Bell();
  private readonly farewell = new AbortController();
  private readonly memory: BeatMemory;
  private readonly maker: BeatMaker;
  private readonly urging: Urging;
  private doings: Doings;
  /** When the jobs that no beat names yet should be named. */
  private proveByMs = Number.POSITIVE_INFINITY;
  /** Settings are known, as the state was seen once. */
  private knowsYard = false;
  /** How soon after the last beat the next one should go. */
  private gapMs = Number.POSITIVE_INFINITY;
  private startedMs = 0;
  private failures = 0;
  private stopped = false;
  /** Aborted when the beat that waits for its push is not needed any more. */
  private rode = new AbortController();

  constructor(setup: HeartbeatSetup, yard: Yard, { main, isRelayed }: { main: MainThread; isRelayed: () => boolean }) {
    this.setup = setup;
    this.yard = yard;
    this.main = main;
    this.isRelayed = isRelayed;
    this.doings = setup.doings;
    this.memory = new BeatMemory(setup.memory);
    const tellMustGo = () => main.post({ kind: 'must-go' });
    this.urging = { live: yard.live, bell: this.bell, latestMs: () => this.latestMs(), tellMustGo };
    const onFault = (text: string) => main.post({ kind: 'failed', text, againInMs: this.intervalMs() });
    const { self, version } = setup;
    this.maker = new BeatMaker({ yard, self, version, memory: this.memory, isRelayed, onFault });
  }

  hear(message: Exclude<ToHeartbeat, { kind: 'relay' }>): void {
    if (message.kind === 'farewell') {
      this.doings = { ...this.doings, jobs: [], loops: [], channels: [], takesNoJobs: 'it was stopped' };
      this.stopped = true;
      this.farewell.abort();
    } else if (message.kind === 'rode') {
      this.countAsOurs(message.heartbeat);
    } else {
      this.doings = message.doings;
      if (message.urgency === 'job') {
        this.proveByMs = monotonicMs() + RIDE_COMES_MS;
        this.bell.ring();
      }
      this.hurry(this.gapFor(message.urgency));
    }
  }

  /** A beat that rode with a claim was made before anybody knew which job that brings. */
  private countAsOurs({ jobs }: Heartbeat): void {
    this.startedMs = monotonicMs();
    if (this.noteProven({ jobs })) {
      this.gapMs = Number.POSITIVE_INFINITY;
      this.rode.abort();
    }
    this.bell.ring();
  }

  /** Whether it names all jobs that are held by now. */
  private noteProven({ jobs }: Pick<Heartbeat, 'jobs'>): boolean {
    const named = new Set(jobs.map(keyOf));
    const isSo = this.doings.jobs.every((it) => named.has(keyOf(it)));
    if (isSo) this.proveByMs = Number.POSITIVE_INFINITY;
    return isSo;
  }

  async beatOn(): Promise<void> {
    while (!this.farewell.signal.aborted) {
      const replaced = await this.beatOrSay();
      if (replaced) return this.main.post({ kind: 'replaced' });
      await this.untilNextBeat();
    }
    // Best effort: who leaves without a word is found out all the same.
    await this.beat(AbortSignal.timeout(FAREWELL_MS), FAREWELL).catch(() => undefined);
  }

  /** Where pushes are scarce, a stage can wait for the next beat. */
  private gapFor(urgency: Urgency): number {
    if (urgency === 'text') return Number.POSITIVE_INFINITY;
    // Beats that ride come with our own pushes, and through a relay there are none.
    if (!this.knowsYard || this.isRelayed() || !pushesAreScarce({ yard: this.yard })) return SHORTEST_MS;
    return urgency === 'job' ? RIDE_COMES_MS : Number.POSITIVE_INFINITY;
  }

  private hurry(gapMs: number): void {
    if (gapMs >= this.gapMs) return;
    this.gapMs = gapMs;
    this.bell.ring();
  }

  private begin(): void {
    this.startedMs = monotonicMs();
    this.gapMs = Number.POSITIVE_INFINITY;
  }

  /** True when another daemon bears our name. */
  private async beatOrSay(): Promise<boolean> {
    try {
      const replaced = await this.beat(this.farewell.signal, this.isHurried ? PROOF : ORDINARY);
      this.failures = 0;
      return replaced;
    } catch (error) {
      if (this.farewell.signal.aborted || this.rode.signal.aborted) return false;
      const againInMs = this.pauseMs(error, ++this.failures);
      this.main.post({ kind: 'failed', text: textOf(error), againInMs });
      await pause(againInMs, this.farewell.signal);
      // What was urgent is so still.
      this.hurry(SHORTEST_MS);
      return false;
    }
  }

  private get isHurried(): boolean {
    return this.gapMs !== Number.POSITIVE_INFINITY;
  }

  /** A lease runs out meanwhile, so an outage is probed more often than elsewhere; a denial is not. */
  private pauseMs(error: unknown, failures: number): number {
    const ms = pauseAfterMs(error, failures, this.knowsYard ? this.yard.state.yard.poll.seconds * 1000 : undefined);
    if (needsAPerson(error) || toldToWaitMs(error) !== undefined) return ms;
    return Math.min(ms, Math.max(this.intervalMs(), LONGEST_PROBE_MS));
  }

  private async beat(signal: AbortSignal, priority: number): Promise<boolean> {
    this.begin();
    this.rode = new AbortController();
    const state = await this.lastState(signal);
    this.knowsYard = true;
    const registered = state.agents.get(this.setup.self.id);
    if (registered && registered.boot !== this.setup.self.boot) return true;

    const beat = this.maker.beat(() => {
      // It may have waited for its push.
      this.begin();
      return { doings: this.doings, stopped: this.stopped };
    });
    const wanted = AbortSignal.any([signal, this.rode.signal]);
    const heartbeat = await sentInTime(this.urging, beat, { signal: wanted, priority });
    this.memory.renewed(beat.sentNs);
    if (heartbeat) {
      this.noteProven(heartbeat);
      this.main.post({ kind: 'acknowledged', heartbeat, counters: this.yard.counters() });
    }
    return false;
  }

  /** How long the beat that names what is held may wait for its push. */
  private latestMs(): number {
    if (this.doings.jobs.length === 0 || !pushesAreScarce({ yard: this.yard })) return LONGEST_WAIT_MS;
    const renewedMs = Number(this.memory.renewedNs / 1000n) / 1000;
    const thirdMs = (this.yard.state.yard.lease.seconds * 1000) / 3;
    const renewByMs = renewedMs + Math.max(thirdMs, this.intervalMs());
    return Math.min(renewByMs, this.proveByMs) - monotonicMs();
  }

  /** While the branch of the state is lost we still live, and what our loops say about it should be heard. */
  private async lastState(signal: AbortSignal): Promise<State> {
    try {
      return await this.yard.refresh(signal);
    } catch (error) {
      if (!isBranchLost(error) || !this.knowsYard) throw error;
      return this.yard.state;
    }
  }

  private intervalMs(): number {
    return this.knowsYard ? this.maker.intervalMs() : SHORTEST_MS;
  }

  private async untilNextBeat(): Promise<void> {
    const intervalMs = jittered(this.intervalMs(), JITTER);
    for (;;) {
      const since = this.bell.count;
      const ms = this.startedMs + Math.min(intervalMs, this.gapMs) - monotonicMs();
      if (ms <= 0 || this.farewell.signal.aborted) return;
      await this.bell.wait({ since, ms, signal: this.farewell.signal });
    }
  }
}
