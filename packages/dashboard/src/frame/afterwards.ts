/**
 * What the frame needs only once somebody is there: keys, what its buttons do, what is spoken, what is told of trouble. Loaded
 * after the first painting, which it would only hold up.
 */
import type { YardView } from '../yard/yard.ts';
import { Announcer, newsBetween } from './announcer.ts';
import { Deeds, type FrameOf } from './deeds.ts';
import { listenToKeys } from './keyboard.ts';
import { notify, watchTab } from './watch.ts';
import './first-visit.ts';
import './notice-bar.ts';

export class Afterwards {
  readonly deeds: Deeds;
  readonly stop: () => void;
  readonly #announcer: Announcer;
  #before: YardView | undefined;

  constructor(frame: FrameOf) {
    this.deeds = new Deeds(frame, (text) => this.#announcer.say([text]));
    this.stop = listenToKeys(this.deeds);
    this.#announcer = new Announcer(
      (text) => {
        // What stands there already is not heard again: a blank at its end makes it new.
        frame.spoken = text === frame.spoken ? `${text}\u00a0` : text;
      },
      (ms, run) => setTimeout(run, ms),
    );
  }

  /** After each drawing: `title` is that of the page, '' for the first. */
  drawn(now: YardView, { shown, title }: { readonly shown: YardView; readonly title: string }): void {
    if (shown.model) watchTab(shown.model, title);
    const before = this.#before;
    this.#before = now;
    if (before === undefined || before === now) return;
    const news = newsBetween(before, now);
    if (news.length > 0) this.#announcer.say(news);
    if (now.model && before.model !== now.model && !before.isRemembered) notify(before.model, now.model);
  }
}
