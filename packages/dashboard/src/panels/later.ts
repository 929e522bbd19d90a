/**
 * The panels that are loaded once the first ones are painted, and what they alone want to know: how the servers stood in the
 * last day, and what somebody saw on the last visit.
 */
import type { ReadModel } from '@gityard/domain';
import type { Page } from '../pages/page.ts';
import { Asking } from '../parts/asking.ts';
import { costWords, isPastCheap, pastKey, placeOf } from '../parts/asking-past.ts';
import { noteSamples } from '../parts/samples.ts';
import type { PresenceAnswer } from '../worker/questions/presence.ts';
import { yardKey } from '../yard/yard-key.ts';
import { keepingOf, LastVisit } from './last-visit.ts';
import { type Seen, seenNow } from './since-last-visit.ts';
import './failed-panel.ts';
import './servers-panel.ts';
import './since-panel.ts';
import './yard-panel.ts';

export interface LaterFacts {
  /** How the servers stood in the last day; undefined: not known yet. */
  readonly past: PresenceAnswer['servers'] | undefined;
  /** What it would cost to know it; null: nobody need be asked. */
  readonly cost: string | null;
  readonly before: Seen | null;
  readonly isMarked: boolean;
}

export class Later {
  readonly #page: Page;
  readonly #past: Asking<'presence'>;
  #isWanted = false;
  #visit: { readonly yard: string; readonly mayKeep: boolean; readonly is: LastVisit } | undefined;
  #noted: ReadModel | undefined;

  constructor(page: Page) {
    this.#page = page;
    this.#past = new Asking(page, 'presence');
  }

  /** With every drawing of the page. */
  facts(): LaterFacts {
    const { model, now, route, view, yard } = this.#page;
    noteSamples(model);
    const mayAsk = this.#isWanted || isPastCheap(view.connection);
    if (mayAsk) {
      const asked = { place: placeOf(route, model), now, days: 1, agent: null };
      this.#past.about(yard, { key: pastKey(route, model), asked, forget: false });
    }
    this.#note();
    const { before, isMarked } = this.#lastVisit();
    const cost = mayAsk ? null : costWords(26, view.connection);
    return { past: this.#past.answer?.servers, cost, before, isMarked };
  }

  want(): void {
    this.#isWanted = true;
    this.#page.requestUpdate();
  }

  markSeen(): void {
    this.#lastVisit().mark(seenNow(this.#page.model, this.#page.now));
    this.#page.requestUpdate();
  }

  /** What is remembered, or of the past, is not what one sees of the yard on this visit. */
  #note(): void {
    const { model, now, route, view } = this.#page;
    if (this.#noted === model || view.isRemembered || route.query.has('at')) return;
    this.#noted = model;
    this.#lastVisit().look(seenNow(model, now), now);
  }

  #lastVisit(): LastVisit {
    const yard = yardKey(this.#page.model);
    const { mayKeep } = this.#page.view.connection;
    if (this.#visit?.yard !== yard || this.#visit.mayKeep !== mayKeep)
      this.#visit = { yard, mayKeep, is: new LastVisit(yard, keepingOf({ mayKeep })) };
    return this.#visit.is;
  }
}
