/** The panels that are loaded once the first ones are drawn, and what they alone want to know: how the servers stood in the last day. */

import type { Page } from '../pages/page.ts';
import { Asking } from '../parts/asking.ts';
import { costWords, isPastCheap, pastKey, placeOf } from '../parts/asking-past.ts';
import { noteSamples } from '../parts/samples.ts';
import type { PresenceAnswer } from '../worker/questions/presence.ts';
import './failed-panel.ts';
import './servers-panel.ts';
import './yard-panel.ts';

export interface LastDay {
  readonly servers: PresenceAnswer['servers'] | undefined;
  /** What it would cost to know it; null: nobody need be asked. */
  readonly cost: string | null;
}

export class Later {
  readonly #page: Page;
  readonly #past: Asking<'presence'>;
  #isWanted = false;

  constructor(page: Page) {
    this.#page = page;
    this.#past = new Asking(page, 'presence');
  }

  /** With every drawing of the page. */
  lastDay(): LastDay {
    const { model, now, route, view, yard } = this.#page;
    noteSamples(model);
    const mayAsk = this.#isWanted || isPastCheap(view.connection);
    if (mayAsk) {
      const asked = { place: placeOf(route, model), now, days: 1, agent: null };
      this.#past.about(yard, { key: pastKey(route, model), asked, forget: false });
    }
    return { servers: this.#past.answer?.servers, cost: mayAsk ? null : costWords(26, view.connection) };
  }

  want(): void {
    this.#isWanted = true;
    this.#page.requestUpdate();
  }
}
