/** The numbers of one agent, as long as it lives: counters that its loops feed, and what is as it is when the file is written. */
import { BuildWatch } from '@gityard/domain';
import { METRICS, type Meter, metricsBy, NO_LABELS, openMeter, tellProcess, tellRemote } from '@gityard/telemetry';
import type { Spool, Yard } from '@gityard/yard';
import { type Machine, machineMeter } from '../machine.ts';
import type { AgentOptions } from '../options.ts';
import type { StatusBoard } from '../status-board.ts';
import { type Counters, TotalCounters } from './total-counters.ts';

const { agent: own, fleet } = METRICS;

/** What an agent has of which it tells. */
interface Told {
  readonly yard: Yard;
  readonly board: StatusBoard;
  readonly spool: Spool;
  readonly options: AgentOptions;
}

export class AgentMetrics {
  readonly #agent: string;
  readonly #meter: Meter;
  readonly #builds = new BuildWatch();
  readonly #counters = new TotalCounters();
  readonly #measure: ReturnType<typeof machineMeter>;

  private constructor(meter: Meter, { id, home }: Pick<AgentOptions, 'id' | 'home'>) {
    this.#agent = id;
    this.#meter = meter;
    this.#measure = machineMeter(home);
  }

  static async open(options: Pick<AgentOptions, 'id' | 'home'>): Promise<AgentMetrics> {
    const meter = await openMeter({ metrics: metricsBy('agent'), labels: { agent: options.id } });
    return new AgentMetrics(meter, options);
  }

  /** What the heartbeat's thread has sent. */
  heard(counters: Counters): void {
    this.#counters.heard(counters);
  }

  /** What waited on this machine was handed in. */
  replayed(seconds: number): void {
    this.#meter.observe(own.replayDuration, NO_LABELS, seconds);
  }

  async text({ yard, board, spool, options }: Told): Promise<string> {
    const meter = this.#meter;
    const agent = this.#agent;
    this.#countBuilds(yard);
    tellMachine(meter, agent, await this.#measure());
    meter.set(fleet.agentSlots, { agent }, options.slots ?? 1);
    meter.set(fleet.agentBuilds, { agent }, board.doings().jobs.length);
    const { hits, misses } = board.doings().cache;
    meter.reach(own.ownCacheHits, NO_LABELS, hits);
    meter.reach(own.ownCacheMisses, NO_LABELS, misses);
    meter.set(own.spoolDepth, NO_LABELS, await spool.count());
    meter.set(own.spoolRefused, NO_LABELS, (await spool.refused()).length);
    const connection = yard.connection();
    const { perMinute, used, left } = connection.pushBudget;
    const budget = perMinute === null ? null : { perMinute, used, left: left ?? 0 };
    tellRemote(meter, { connection, counters: this.#counters.with(yard.counters()), budget });
    tellProcess(meter, { of: 'agent', version: options.version ?? '' });
    meter.set(own.writtenAt, NO_LABELS, Date.now() / 1000);
    return (await meter.text()).text;
  }

  #countBuilds(yard: Yard): void {
    for (const tick of this.#builds.look(yard.state, yard.now())) {
      if (tick.kind !== 'ended' || tick.agent !== this.#agent) continue;
      const { outcome, seconds } = tick;
      this.#meter.add(own.ownBuilds, { outcome });
      this.#meter.observe(own.ownBuildDuration, NO_LABELS, seconds);
    }
  }
}

const GIGABYTE = 1e9;

function tellMachine(meter: Meter, agent: string, machine: Machine): void {
  const { cpuPercent, memoryPercent, diskFreeGB, uptimeSeconds } = machine;
  // The first look has nothing to compare with.
  if (cpuPercent !== null) meter.set(fleet.agentCpu, { agent }, cpuPercent / 100);
  if (memoryPercent !== null) meter.set(fleet.agentMemory, { agent }, memoryPercent / 100);
  if (diskFreeGB !== null) meter.set(fleet.agentDiskFree, { agent }, diskFreeGB * GIGABYTE);
  meter.set(fleet.agentUptime, { agent }, uptimeSeconds);
}
