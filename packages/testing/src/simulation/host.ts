/** Keeps a program running on a machine: begins it, kills it, and begins it again some time later, with a name for each life. */
import { Life } from './life.ts';
import type { Machine } from './machine.ts';
import type { World } from './world.ts';

export type Program = (world: World, life: Life, boot: string) => Promise<void>;

const LONGEST_DOWN_MS = 10 * 60_000;

export class Host {
  readonly machine: Machine;
  readonly #world: World;
  readonly #program: Program;
  #lives = 0;
  #life: Life | undefined;

  constructor(world: World, machine: Machine, program: Program) {
    this.#world = world;
    this.machine = machine;
    this.#program = program;
  }

  start(): void {
    if (this.#life?.isAlive) return;
    const boot = `${this.machine.name}-${++this.#lives}`;
    this.#life = new Life(this.machine, this.#world.dice.fork(boot), (_, life) => this.#maybeDie(life));
    this.#program(this.#world, this.#life, boot).catch((error: unknown) =>
      this.#world.violations.add('no-bug', String(error)),
    );
  }

  crash(): void {
    if (!this.#life?.isAlive) return;
    this.#life.kill();
    const { timeline, dice } = this.#world;
    timeline.alarm(Math.min(LONGEST_DOWN_MS, dice.about(60_000)), () => this.start());
  }

  #maybeDie(life: Life): void {
    if (life === this.#life && this.#world.swarm.strikes('crashes-at-steps')) this.crash();
  }
}
