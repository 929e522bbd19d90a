/**
 * The one process through which all of a synthetic yard write, as a relay does for a site: each operation goes under the name
 * of whoever asks for it. Its clock is a timeline, so that months pass as
 * fast as the machine can write them, or the real one.
 */
import type { InputOf, OperationName, ResultOf, State, Time } from '@gityard/domain';
import { after } from '@gityard/domain';
import { type Ports, systemPorts, type Transport } from '@gityard/store';
import { type CreateYard, createYard, type Outcome, openYard, type Yard } from '@gityard/yard';
import type { Clock } from './clock.ts';
import { Dice } from './dice.ts';
import type { Server } from './fleet.ts';
import type { Pace } from './pace.ts';
import { sleep } from './sleep.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export interface DeskOptions {
  readonly beginsAt: Time;
  readonly clock: Clock;
  /** The clock is that of the world, and so are all others. */
  readonly isReal: boolean;
  /** Of its own for each that asks. */
  readonly open: () => Transport;
  readonly seed: string;
  readonly servers: readonly [Server, ...Server[]];
  readonly pace: Pace;
  /** A part of it has ended, which none should. */
  onFailure(error: unknown): void;
}

export class Desk {
  readonly clock: Clock;
  readonly servers: DeskOptions['servers'];
  readonly pace: Pace;
  readonly dice: Dice;
  readonly ports: Ports;
  readonly yard: Yard;
  readonly #options: DeskOptions;
  readonly #askers = new Map<string, { readonly boot: string; request: number; lane: Promise<unknown> }>();
  #waiting: (() => void)[] = [];

  constructor(options: DeskOptions) {
    const { seed, clock, servers } = options;
    this.#options = options;
    this.clock = clock;
    this.servers = servers;
    this.pace = options.pace;
    this.dice = new Dice(`yard ${seed}`);
    this.ports = options.isReal ? systemPorts : portsOn(options, this.dice.fork('ports').random);
    this.yard = openYard({ address: this.transport(), actor: 'desk', boot: this.boot(), ports: this.ports });
    this.yard.onChange(() => this.#ring());
  }

  async begin(config: CreateYard['config'] = {}): Promise<void> {
    await createYard({ address: this.transport(), actor: 'desk', config, ports: this.ports });
    await this.yard.refresh();
  }

  transport(): Transport {
    return this.#options.open();
  }

  /** Goes on beside all else. */
  going(work: Promise<void>): void {
    work.catch((error: unknown) => this.#options.onFailure(error));
  }

  get state(): State {
    return this.yard.state;
  }

  now(): Time {
    return after(this.#options.beginsAt, this.clock.nowMs);
  }

  /** Sorts by its time, as those of the program do. */
  id(): string {
    let ms = Math.floor(this.ports.wallMs());
    let time = '';
    for (let at = 0; at < 10; at++) {
      time = `${ALPHABET[ms % 32]}${time}`;
      ms = Math.floor(ms / 32);
    }
    return time + Array.from({ length: 16 }, () => ALPHABET[Math.floor(this.dice.random() * 32)]).join('');
  }

  boot(): string {
    return Array.from({ length: 10 }, () => '0123456789abcdef'[Math.floor(this.dice.random() * 16)]).join('');
  }

  /** One after the other for each of them, because each knows its own count of requests. */
  as<N extends OperationName>(actor: string, name: N, input: InputOf<N>): Promise<Outcome<ResultOf<N>>> {
    const asker = this.#askers.get(actor) ?? { boot: this.boot(), request: 0, lane: Promise.resolve() };
    this.#askers.set(actor, asker);
    const asked = asker.lane.then(async () => {
      asker.request += 1;
      const from = { actor, boot: asker.boot, request: asker.request };
      const outcomes = await this.yard.performFor(from, [{ name, input }]);
      if (outcomes === 'applied-before') throw new Error(`${actor} asked twice for ${name}`);
      return outcomes[0] as Outcome<ResultOf<N>>;
    });
    asker.lane = asked.catch(() => undefined);
    return asked;
  }

  /** Until something in the yard changes, or that much time is over. */
  change(atMostMs: number): Promise<void> {
    return new Promise((resolve) => {
      const disarm = this.clock.alarm(atMostMs, () => resolve());
      this.#waiting.push(() => {
        disarm();
        resolve();
      });
    });
  }

  #ring(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}

/** The clocks of all machines are the one of the yard. */
function portsOn({ beginsAt, clock }: DeskOptions, random: () => number): Ports {
  const alarm: Ports['alarm'] = (ms, ring) => clock.alarm(ms, ring);
  return {
    monotonicMs: () => clock.nowMs,
    wallMs: () => Date.parse(beginsAt) + clock.nowMs,
    alarm,
    sleep: (ms, signal) => sleep(alarm, ms, signal),
    random,
  };
}
