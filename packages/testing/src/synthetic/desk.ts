/**
 * The one process through which all of a synthetic yard write, as a relay does for a site: each operation goes under the name
 * of whoever asks for it. Its clock is the timeline, so that months pass as fast as the machine can write them.
 */
import type { InputOf, OperationName, ResultOf, State, Time } from '@gityard/domain';
import { after } from '@gityard/domain';
import { MemoryRemote, type Ports } from '@gityard/store';
import { createYard, type Outcome, openYard, type Yard } from '@gityard/yard';
import { Dice } from '../simulation/dice.ts';
import { sleep } from '../simulation/sleep.ts';
import { Timeline } from '../simulation/timeline.ts';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export interface DeskOptions {
  readonly beginsAt: Time;
  readonly seed: number;
  readonly name: string;
}

export class Desk {
  readonly timeline = new Timeline();
  readonly remote = new MemoryRemote();
  readonly dice: Dice;
  readonly ports: Ports;
  readonly yard: Yard;
  readonly #options: DeskOptions;
  readonly #askers = new Map<string, { readonly boot: string; request: number; lane: Promise<unknown> }>();
  #waiting: (() => void)[] = [];

  constructor(options: DeskOptions) {
    const { beginsAt, seed } = options;
    const { timeline, remote } = this;
    this.#options = options;
    this.dice = new Dice(`yard ${seed}`);
    const alarm: Ports['alarm'] = (ms, ring) => timeline.alarm(ms, ring);
    this.ports = {
      monotonicMs: () => timeline.nowMs,
      wallMs: () => Date.parse(beginsAt) + timeline.nowMs,
      alarm,
      sleep: (ms, signal) => sleep(alarm, ms, signal),
      random: this.dice.fork('ports').random,
    };
    this.yard = openYard({ address: remote.transport(), actor: 'desk', boot: this.boot(), ports: this.ports });
    this.yard.onChange(() => this.#ring());
  }

  async begin(): Promise<void> {
    const config = { name: this.#options.name, push: { perMinute: 0 } };
    await createYard({ address: this.remote.transport(), actor: 'desk', config, ports: this.ports });
    await this.yard.refresh();
  }

  get state(): State {
    return this.yard.state;
  }

  now(): Time {
    return after(this.#options.beginsAt, this.timeline.nowMs);
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
      const disarm = this.timeline.alarm(atMostMs, () => resolve());
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
