/** When a page has drawn what it asked for, and of how many elements it is made. */
import type { Page } from 'playwright-core';

const [LOOK_EVERY_MS, MOST_LOOKS, ENOUGH_ALIKE] = [60, 80, 4];

/** Until its elements are the same for a while, however deep; the digits of its clock may move. */
export async function settled(page: Page): Promise<void> {
  let before = '';
  for (let turn = 0, alike = 0; turn < MOST_LOOKS && alike < ENOUGH_ALIKE; turn++) {
    await page.waitForTimeout(LOOK_EVERY_MS);
    const now = await page.evaluate(shape);
    alike = now === before ? alike + 1 : 0;
    before = now;
  }
}

export const nodesOf = async (page: Page): Promise<number> => Number((await page.evaluate(shape)).split(' ').at(-1));

/** Runs in the page. */
function shape(): string {
  const count = (root: ParentNode): number => {
    let sum = 0;
    for (const element of root.querySelectorAll('*')) sum += 1 + (element.shadowRoot ? count(element.shadowRoot) : 0);
    return sum;
  };
  return `${location.hash} ${count(document)}`;
}
