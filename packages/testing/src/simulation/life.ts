/**
 * One life of a process. Everything that it waits for comes through here, so that it can be killed at any wait: what it
 * waited for then never comes, and nothing of it goes on. Counts its steps for those who want to kill it at each.
 */

import type { Dice } from '@gityard/demo';
import { sleep } from '@gityard/demo';
import type { Ports } from '@gityard/store';
import type { Machine } from './machine.ts';

/** Called before and after everything that leaves a trace outside the process. May kill it. */
export type OnStep = (step: string, life: Life) => void;

export class Life {
  readonly machine: Machine;
  readonly ports: Ports;
  readonly dice: Dice;
  readonly #onStep: OnStep;
  #diedMs: number | undefined;

  constructor(machine: Machine, dice: Dice, onStep: OnStep = () => undefined) {
    this.machine = machine;
    this.dice = dice;
    this.#onStep = onStep;
    const alarm = (ms: number, ring: () => void) => machine.alarm(ms, () => this.#ifAlive(ring));
    this.ports = {
      monotonicMs: () => machine.monotonicMs(),
      wallMs: () => machine.wallMs(),
      alarm,
      sleep: (ms, signal) => sleep(alarm, ms, signal),
      random: dice.fork('ports').random,
    };
  }

  get isAlive(): boolean {
    return this.#diedMs === undefined;
  }

  /** With the power of its machine. */
  kill(): void {
    this.#diedMs = this.machine.timeline.nowMs;
    this.machine.files.cutPower();
  }

  /** Negative: it lives. */
  get deadForMs(): number {
    return this.#diedMs === undefined ? -1 : this.machine.timeline.nowMs - this.#diedMs;
  }

  /** What comes from outside: later where the process is stopped, never where it died. */
  hears<T>(outside: Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const later = (act: () => void) => this.machine.whenRunning(() => this.#ifAlive(act));
      outside.then(
        (value) => later(() => resolve(value)),
        (error: unknown) => later(() => reject(error)),
      );
    });
  }

  /** Never comes back when the step is the last one of this life. */
  async step(name: string): Promise<void> {
    this.#onStep(name, this);
    if (!this.isAlive) await new Promise(() => undefined);
  }

  #ifAlive(act: () => void): void {
    if (this.isAlive) act();
  }
}
