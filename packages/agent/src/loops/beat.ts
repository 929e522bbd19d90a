/**
 * Beats until told to say farewell: each interval, and earlier when the set of held jobs or a stage changed. A beat is the
 * agent's heartbeat and a fresh read model in one commit of the live ref. Runs in the heartbeat's own thread.
 */
import {
  after,
  type Heartbeat,
  newerSchema,
  type ReadModel,
  readModel,
  type State,
  type Table,
  type YardConfig,
} from '@gityard/domain';
import { openYard, type Yard } from '@gityard/yard';
import { Bell } from '../bell.ts';
import { machineMeter } from '../machine.ts';
import { jittered, monotonicMs, pause } from '../pause.ts';
import { pushesPerMinute } from '../push-budget.ts';
import type { Doings } from '../status-board.ts';
import { isBranchLost, needsAPerson, pauseAfterMs, textOf } from '../trouble.ts';
import type { FromHeartbeat, HeartbeatSetup, ToHeartbeat } from './heartbeat-messages.ts';

export interface MainThread {
  post(message: FromHeartbeat): void;
  onMessage(listener: (message: ToHeartbeat) => void): void;
}

const SHORTEST_MS = 1_000;
const JITTER = 0.05;
const LONGEST_PROBE_MS = 4_000;
const FAREWELL_MS = 5_000;
const DEADLINE_MS = 30_000;

export async function beatUntilFarewell(setup: HeartbeatSetup, main: MainThread): Promise<void> {
  const { address, token, sshKey, refs, self } = setup;
  const yard = openYard({ address, token, sshKey, refs, actor: self.id, boot: self.boot, deadlineMs: DEADLINE_MS });
  const member = setup.relayKey === undefined ? undefined : await joinedSite(setup.relayKey, yard);
  member?.link.use(setup.relayUrl);
  const heart = new Heart(setup, member?.yard ?? yard, main);
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
  private readonly bell = new Bell();
  private readonly farewell = new AbortController();
  private readonly measure: ReturnType<typeof machineMeter>;
  private readonly renewedNs: BigInt64Array;
  private doings: Doings;
  private config: YardConfig | undefined;
  /** How soon after the last beat the next one should go. */
  private gapMs = Number.POSITIVE_INFINITY;
  private startedMs = 0;
  private number: number;
  private failures = 0;
  private stopped = false;

  constructor(setup: HeartbeatSetup, yard: Yard, main: MainThread) {
    this.setup = setup;
    this.yard = yard;
    this.main = main;
    this.doings = setup.doings;
    this.number = setup.beats;
    this.measure = machineMeter(setup.self.home);
    this.renewedNs = new BigInt64Array(setup.renewed);
  }

  hear(message: Exclude<ToHeartbeat, { kind: 'relay' }>): void {
    if (message.kind === 'farewell') {
      this.doings = { jobs: [], loops: [], takesNoJobs: 'it was stopped' };
      this.stopped = true;
      this.farewell.abort();
      return;
    }
    this.doings = message.doings;
    if (message.urgency === 'job') this.hurry(SHORTEST_MS);
    if (message.urgency === 'stage') this.hurry(this.stageGapMs());
  }

  async beatOn(): Promise<void> {
    while (!this.farewell.signal.aborted) {
      const replaced = await this.beatOrSay();
      if (replaced) return this.main.post({ kind: 'replaced' });
      await this.untilNextBeat();
    }
    // Best effort: who leaves without a word is found out all the same.
    await this.beat(AbortSignal.timeout(FAREWELL_MS)).catch(() => undefined);
  }

  private hurry(gapMs: number): void {
    this.gapMs = Math.min(this.gapMs, gapMs);
    this.bell.ring();
  }

  /** Where pushes are scarce, a stage is no reason to spend one more often than the yard may push at all. */
  private stageGapMs(): number {
    const perMinute = this.config ? pushesPerMinute(this.config, this.setup.address) : null;
    return perMinute === null ? SHORTEST_MS : 60_000 / perMinute;
  }

  /** True when another daemon bears our name. */
  private async beatOrSay(): Promise<boolean> {
    try {
      const replaced = await this.beat(this.farewell.signal);
      this.failures = 0;
      return replaced;
    } catch (error) {
      if (this.farewell.signal.aborted) return false;
      const againInMs = this.pauseMs(error, ++this.failures);
      this.main.post({ kind: 'failed', text: textOf(error), againInMs });
      await pause(againInMs, this.farewell.signal);
      // What was urgent is so still.
      this.hurry(SHORTEST_MS);
      return false;
    }
  }

  /** A lease runs out meanwhile, so an outage is probed more often than elsewhere; a denial is not. */
  private pauseMs(error: unknown, failures: number): number {
    const ms = pauseAfterMs(error, failures, this.config && this.config.poll.seconds * 1000);
    return needsAPerson(error) ? ms : Math.min(ms, Math.max(this.intervalMs(), LONGEST_PROBE_MS));
  }

  private async beat(signal: AbortSignal): Promise<boolean> {
    const sentNs = process.hrtime.bigint();
    this.startedMs = monotonicMs();
    this.gapMs = Number.POSITIVE_INFINITY;
    const state = await this.lastState(signal);
    this.config = state.yard;
    const registered = state.agents.get(this.setup.self.id);
    if (registered && registered.boot !== this.setup.self.boot) return true;
    const heartbeat = await this.heartbeat();
    await this.yard.live.beat({ heartbeat, model: (beats, sequence) => this.modelOrNone(beats, sequence) }, signal);
    Atomics.store(this.renewedNs, 0, sentNs);
    this.main.post({ kind: 'acknowledged', heartbeat });
    return false;
  }

  /** While the branch of the state is lost we still live, and what our loops say about it should be heard. */
  private async lastState(signal: AbortSignal): Promise<State> {
    try {
      return await this.yard.refresh(signal);
    } catch (error) {
      if (!isBranchLost(error) || !this.config) throw error;
      return this.yard.state;
    }
  }

  private intervalMs(): number {
    return Math.max(SHORTEST_MS, (this.config?.heartbeat.intervalSeconds ?? 0) * 1000);
  }

  private async heartbeat(): Promise<Heartbeat> {
    const { self, version } = this.setup;
    const { jobs, loops, takesNoJobs } = this.doings;
    const machine = await this.measure();
    this.number++;
    const at = this.yard.now();
    return {
      schemaVersion: 1,
      agent: self.id,
      boot: self.boot,
      beat: this.number,
      at,
      nextBeatBy: after(at, this.intervalMs()),
      host: self.host,
      pid: self.pid,
      version,
      jobs: [...jobs],
      loops: [...loops],
      takesNoJobs,
      stopped: this.stopped,
      machine,
    };
  }

  /** A fault in what is drawn must not cost the sign of life that it rides with. */
  private modelOrNone(heartbeats: Table<Heartbeat>, sequence: number): ReadModel | null {
    try {
      return this.model(heartbeats, sequence);
    } catch (error) {
      this.main.post({ kind: 'failed', text: `making the read model: ${textOf(error)}`, againInMs: this.intervalMs() });
      return null;
    }
  }

  /** None of a yard that we do not understand: somebody who does will make it. */
  private model(heartbeats: Table<Heartbeat>, sequence: number): ReadModel | null {
    const { yard } = this;
    if (newerSchema(yard.state) !== null) return null;
    const state: State = { ...yard.state, heartbeats };
    const { id } = this.setup.self;
    return readModel(state, { now: yard.now(), head: yard.head, sequence, by: id, push: null });
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
