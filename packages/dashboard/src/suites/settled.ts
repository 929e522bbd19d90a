/** When a page has drawn what it asked for, and of how many elements it is made. */
import type { Page, Request } from 'playwright-core';

/** Looks that must be alike, one a frame; so many more where an answer is not there, which may never come; and all in all. */
const [ALIKE, ALIKE_WAITING, MOST_LOOKS] = [3, 240, 600];

/** Goes into the page before its own scripts: what it has asked its worker, and whether that has told of the yard or of trouble. */
export const EARS = `{
  const asked = new Set();
  globalThis.gityardWaits = () => !heard || asked.size > 0;
  let heard = false;
  const Real = Worker;
  globalThis.Worker = class extends Real {
    constructor(...given) {
      super(...given);
      this.addEventListener('message', ({ data }) => {
        asked.delete(data.number);
        heard ||= data.kind === 'snapshot' ? data.model !== undefined : data.connection?.failure != null;
      });
    }
    postMessage(message, ...rest) {
      if (message.kind === 'ask') asked.add(message.number);
      if (message.kind === 'never-mind') asked.delete(message.number);
      super.postMessage(message, ...rest);
    }
  };
}`;
declare const gityardWaits: () => boolean;
declare const gityardAll: () => Element[];

/**
 * Until its scripts are there, its questions are answered and its elements are the same for a while, however deep.
 * `isUnanswered`: no answer will come.
 */
export async function settled(page: Page, { isUnanswered = false }: { isUnanswered?: boolean } = {}): Promise<void> {
  const loading = loadingOf(page);
  const enough = { MOST_LOOKS, ALIKE, ALIKE_WAITING: isUnanswered ? ALIKE : ALIKE_WAITING };
  for (let isStill = false; !isStill; ) {
    const wasLoading = loading.size > 0;
    await page.evaluate(standStill, enough);
    isStill = !wasLoading && loading.size === 0;
  }
}

export const nodesOf = (page: Page): Promise<number> => page.evaluate(() => gityardAll().length);

const scripts = new WeakMap<Page, Set<Request>>();

/** Scripts that were asked for and have not come. */
function loadingOf(page: Page): ReadonlySet<Request> {
  const known = scripts.get(page);
  if (known) return known;
  const loading = new Set<Request>();
  scripts.set(page, loading);
  page.on('request', (request) => request.resourceType() === 'script' && loading.add(request));
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', (request) => loading.delete(request));
  return loading;
}

/** Runs in the page. The digits of its clock may move. */
async function standStill(enough: { ALIKE: number; ALIKE_WAITING: number; MOST_LOOKS: number }): Promise<void> {
  let before = '';
  for (let look = 0, alike = 0; look < enough.MOST_LOOKS; look++) {
    await new Promise(requestAnimationFrame);
    const all = gityardAll();
    const now = `${location.hash} ${all.length}`;
    alike = now === before ? alike + 1 : 0;
    before = now;
    const isToCome = all.some(({ localName }) => localName.includes('-') && !customElements.get(localName));
    if (alike >= (isToCome || gityardWaits() ? enough.ALIKE_WAITING : enough.ALIKE)) return;
  }
}
