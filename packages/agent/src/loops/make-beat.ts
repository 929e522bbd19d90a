/**
 * What an agent says with a beat, whichever of its threads sends it: its heartbeat, with the promise of the next one, and a
 * fresh read model. Made at the moment when it is sent; a beat may have waited long for its push.
 */
import {
  after,
  agentsAlive,
  beatIntervalMs,
  beatsPerMinute,
  type Heartbeat,
  newerSchema,
  pushUse,
  type ReadModel,
  readModel,
  type State,
  type Table,
} from '@gityard/domain';
import type { Beat, Yard } from '@gityard/yard';
import type { BeatMemory } from '../beat-memory.ts';
import type { Self } from '../context.ts';
import { type Machine, machineMeter } from '../machine.ts';
import type { Doings } from '../status-board.ts';
import { textOf } from '../trouble.ts';

export const SHORTEST_MS = 1_000;
/** On top of the wait for a push: its way there, and what keeps agents apart. */
const QUEUED_MS = 5_000;

export interface BeatMaking {
  readonly yard: Yard;
  readonly self: Self;
  readonly version: string;
  readonly memory: BeatMemory;
  /** A relay sends our beats now, together with those of its whole site. */
  readonly isRelayed: () => boolean;
  /** A fault in what is drawn must not cost the sign of life that it rides with. */
  readonly onFault: (text: string) => void;
}

export interface Word {
  readonly doings: Doings;
  /** The last word of this life. */
  readonly stopped: boolean;
}

/** When it was sent is known once it has been made. */
export interface MadeBeat extends Beat {
  readonly sentNs: bigint;
}

export class BeatMaker {
  private readonly making: BeatMaking;
  private readonly measure: ReturnType<typeof machineMeter>;
  /** Of the last beat. */
  private machine: Machine | null = null;

  constructor(making: BeatMaking) {
    this.making = making;
    this.measure = machineMeter(making.self.home);
  }

  /** What we promise: as often as the yard asks for, and as the pushes of all its agents allow. */
  intervalMs(): number {
    const { yard, self, isRelayed } = this.making;
    const agents = agentsAlive(yard.state, self.id, yard.now());
    const { perMinute } = yard.connection().pushBudget;
    const affordable = isRelayed() ? null : beatsPerMinute(perMinute);
    const ms = beatIntervalMs(yard.state.yard, { agents, beatsPerMinute: affordable });
    return Math.max(SHORTEST_MS, ms);
  }

  /** Whoever has spent its pushes beats later, and says so. */
  private promisedMs(): number {
    const nextInMs = this.making.isRelayed() ? 0 : this.making.yard.nextPushInMs();
    const waitsMs = nextInMs === 0 ? 0 : nextInMs + QUEUED_MS;
    return Math.max(this.intervalMs(), waitsMs);
  }

  beat(word: () => Word): MadeBeat {
    let sentNs = process.hrtime.bigint();
    return {
      get sentNs() {
        return sentNs;
      },
      heartbeat: () => {
        sentNs = process.hrtime.bigint();
        return this.heartbeat(word());
      },
      model: this.model,
    };
  }

  private async heartbeat({ doings, stopped }: Word): Promise<Heartbeat> {
    const { yard, self, version, memory } = this.making;
    const before = this.machine;
    const machine = await this.measure();
    this.machine = machine;
    const at = yard.now();
    return {
      schemaVersion: 1,
      agent: self.id,
      boot: self.boot,
      beat: memory.nextNumber(),
      at,
      nextBeatBy: after(at, this.promisedMs()),
      pushes: yard.connection().pushBudget.used,
      host: self.host,
      pid: self.pid,
      version,
      jobs: [...doings.jobs],
      loops: [...doings.loops],
      upkeep: [...doings.upkeep],
      takesNoJobs: doings.takesNoJobs,
      ...(doings.refuses.length > 0 && { refuses: [...doings.refuses] }),
      stopped,
      machine,
      before,
      remoteMs: memory.remoteMs,
      channels: [...doings.channels],
      cache: doings.cache,
    };
  }

  /** Null where it cannot be made; the fault is told. */
  readonly model: Beat['model'] = (heartbeats, sequence) => {
    try {
      return this.made(heartbeats, sequence);
    } catch (error) {
      this.making.onFault(`making the read model: ${textOf(error)}`);
      return null;
    }
  };

  /** None of a yard that we do not understand: somebody who does will make it. */
  private made(heartbeats: Table<Heartbeat>, sequence: number): ReadModel | null {
    const { yard, self } = this.making;
    if (newerSchema(yard.state) !== null) return null;
    const state: State = { ...yard.state, heartbeats };
    return readModel(state, {
      now: yard.now(),
      head: yard.head,
      sequence,
      by: self.id,
      push: pushUse(heartbeats, { perMinute: yard.connection().pushBudget.perMinute, now: yard.now() }),
    });
  }
}
