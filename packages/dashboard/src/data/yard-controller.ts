/** The only subscriber and the only clock of the page: it has its host drawn anew when something was told, and every second. */
import { type Time, toTime } from '@gityard/domain';
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Source } from './source.ts';
import { NOTHING_YET, nextView, type YardView } from './yard-view.ts';

const TICK_MS = 1_000;

export class YardController implements ReactiveController {
  view: YardView = NOTHING_YET;
  readonly #host: ReactiveControllerHost;
  readonly #source: Source;
  #stop: (() => void) | undefined;

  constructor(host: ReactiveControllerHost, source: Source) {
    this.#host = host;
    this.#source = source;
    host.addController(this);
  }

  /** By the server's clock where it clearly differs from ours, so that ages are true on a machine with a wrong one. */
  get now(): Time {
    return toTime(Date.now() + this.view.connection.skewMs);
  }

  hostConnected(): void {
    const unfollow = this.#source.follow((event) => {
      this.view = nextView(this.view, event);
      this.#host.requestUpdate();
    });
    const ticking = setInterval(() => this.#host.requestUpdate(), TICK_MS);
    this.#stop = () => {
      unfollow();
      clearInterval(ticking);
    };
  }

  hostDisconnected(): void {
    this.#stop?.();
  }
}
