/** Planted in the watch over others: whose last stamp is older than the lease is gone. Whose clock it was is not asked. */
import type { Overdue } from '@gityard/agent/sightings';
import { currentAttempt, effectiveLeaseMs, isHeld, type State } from '@gityard/domain';
import type { Life } from '../life.ts';
import type { Observer } from '../world.ts';

export class WallClockObserver implements Observer {
  readonly #life: Life;

  constructor(life: Life) {
    this.#life = life;
  }

  observe(): void {
    // It has no memory: that is its fault.
  }

  overdue(state: State): Overdue[] {
    return [...state.jobs].filter(isHeld).flatMap((job) => {
      const attempt = currentAttempt(job);
      const heartbeat = state.heartbeats.get(job.agent ?? '');
      if (!attempt || !heartbeat) return [];
      const quietMs = this.#life.ports.wallMs() - Date.parse(heartbeat.at);
      return quietMs > effectiveLeaseMs(heartbeat, state.yard) * 1.25 ? [{ job, attempt, quietMs }] : [];
    });
  }
}
