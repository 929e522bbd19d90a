/**
 * The one place from which the page speaks to those who hear it: what matters since it spoke last, gathered, and never more
 * often than every five seconds.
 */
import type { ReadModel } from '@gityard/domain';
import { counted } from '../format.ts';
import { toldWords } from '../parts/told-text.ts';
import { jobTitle } from '../rows.ts';
import type { YardView } from '../yard/yard.ts';
import { CONNECTION_WORDS } from './connection-words.ts';

const SPEAK_EVERY_MS = 5_000;
const NAMED = 3;

export class Announcer {
  readonly #speak: (text: string) => void;
  readonly #after: (ms: number, run: () => void) => void;
  #waiting: string[] = [];
  #isPaused = false;

  constructor(speak: (text: string) => void, after: (ms: number, run: () => void) => void) {
    this.#speak = speak;
    this.#after = after;
  }

  say(texts: readonly string[]): void {
    this.#waiting.push(...texts);
    if (!this.#isPaused) this.#flush();
  }

  #flush(): void {
    this.#isPaused = this.#waiting.length > 0;
    if (!this.#isPaused) return;
    this.#speak(this.#waiting.join('. '));
    this.#waiting = [];
    this.#after(SPEAK_EVERY_MS, () => this.#flush());
  }
}

/** What is worth a word between two views. The first snapshot is no news. */
export function newsBetween(before: YardView, after: YardView): readonly string[] {
  const news: string[] = [];
  if (before.connection.state !== after.connection.state && before.connection.state !== 'connecting')
    news.push(`Connection: ${CONNECTION_WORDS[after.connection.state].word}`);
  if (before.model !== undefined && after.model !== undefined && before.model !== after.model)
    news.push(...newNeeds(before.model, after.model), ...ended(before.model, after.model));
  return news;
}

export function newNeeds(before: ReadModel, after: ReadModel): readonly string[] {
  const known = new Set(before.needsYou.map(({ code, refs }) => `${code} ${refs.join(' ')}`));
  return after.needsYou
    .filter(({ code, refs }) => !known.has(`${code} ${refs.join(' ')}`))
    .map(({ text }) => toldWords(text, after.at, after));
}

function ended(before: ReadModel, after: ReadModel): readonly string[] {
  const known = new Set(before.finished.map(({ id }) => id));
  const jobs = after.finished.filter(({ id }) => !known.has(id));
  if (jobs.length > NAMED) return [`${counted(jobs.length, 'job')} ended`];
  return jobs.map((job) => `${jobTitle(job)} ended: ${job.status}`);
}
