/** What happens to the network and the remote for some time: outages, refusals, a branch that is away. */
import type { Dice, Timeline } from '@gityard/demo';
import type { Repository } from './repository.ts';
import type { Swarm } from './swarm.ts';

const MINUTE_MS = 60_000;

export interface WeatherParts {
  readonly timeline: Timeline;
  readonly repository: Repository;
  readonly swarm: Swarm;
  readonly dice: Dice;
  /** Whose network may fail by itself. */
  readonly machines: readonly string[];
}

export class Weather {
  readonly #parts: WeatherParts;
  readonly #cutOff = new Map<string, number>();
  #refusesUntilMs = 0;

  constructor(parts: WeatherParts) {
    this.#parts = parts;
  }

  begin({ roughness = 1 }: { roughness?: number }): void {
    this.#nowAndThen('outages', 8 / roughness, () => this.#outage());
    this.#nowAndThen('denials', 12 / roughness, (forMs) => this.#refuse(forMs));
    this.#nowAndThen('branch-away', 15 / roughness, (forMs) => this.#hide(forMs));
  }

  reaches(machine: string): boolean {
    return ![machine, EVERYBODY].some((name) => (this.#cutOff.get(name) ?? 0) > this.#parts.timeline.nowMs);
  }

  /** For how long nobody will reach the remote. */
  get outageMs(): number {
    return Math.max(0, (this.#cutOff.get(EVERYBODY) ?? 0) - this.#parts.timeline.nowMs);
  }

  /** 403 to whatever is asked. */
  get refuses(): boolean {
    return this.#refusesUntilMs > this.#parts.timeline.nowMs;
  }

  clear(): void {
    this.#cutOff.clear();
    this.#refusesUntilMs = 0;
    this.#parts.repository.showState();
  }

  #nowAndThen(kind: 'outages' | 'denials' | 'branch-away', everyMinutes: number, act: (forMs: number) => void): void {
    const { timeline, swarm, dice } = this.#parts;
    timeline.alarm(dice.about(everyMinutes * MINUTE_MS), () => {
      if (!swarm.has(kind)) return;
      swarm.count(kind);
      act(dice.about(2 * MINUTE_MS));
      this.#nowAndThen(kind, everyMinutes, act);
    });
  }

  /** Of one machine or of all, and now and then of hours. */
  #outage(): void {
    const { timeline, dice, machines } = this.#parts;
    const isLong = dice.chance(0.1);
    const forMs = isLong ? dice.between(60, 180) * MINUTE_MS : dice.about(3 * MINUTE_MS);
    const who = isLong ? EVERYBODY : dice.pick([EVERYBODY, ...machines]);
    this.#cutOff.set(who, Math.max(this.#cutOff.get(who) ?? 0, timeline.nowMs + forMs));
  }

  #refuse(forMs: number): void {
    this.#refusesUntilMs = this.#parts.timeline.nowMs + forMs;
  }

  #hide(forMs: number): void {
    const { timeline, repository } = this.#parts;
    repository.hideState();
    timeline.alarm(forMs, () => repository.showState());
  }
}

const EVERYBODY = '*';
