import { describe, expect, it } from 'vitest';
import type { Recipe } from '../recipe.ts';
import { NO_RECIPE } from '../recipe.ts';
import { openStop } from '../stop.ts';
import { heedRecipe as heed } from './heed-recipe.ts';

const heedRecipe = ({ stop }: { stop: ReturnType<typeof openStop> }, recipe: Recipe, policy = {}) =>
  heed({ stop, request: { policy: { repositories: [], commands: false, ...policy } } }, recipe);

function stopOf(timeoutSeconds: number) {
  return openStop({ signal: new AbortController().signal, timeoutSeconds });
}

describe('heed-recipe', () => {
  it('ends a build when the recipe says, and never later than the job says', async () => {
    const [short, long] = [stopOf(300), stopOf(300)];
    await heedRecipe({ stop: short }, { ...NO_RECIPE, timeoutSeconds: 0 });
    await heedRecipe({ stop: long }, { ...NO_RECIPE, timeoutSeconds: 600 });
    await new Promise((resolve) => short.signal.addEventListener('abort', resolve, { once: true }));

    expect(short.signal.reason).toMatchObject({ code: 'timeout', message: 'the build ran longer than 0 s' });
    expect(() => long.check()).not.toThrow();
    for (const stop of [short, long]) stop.close();
  });

  it('lets no build begin on an agent that lacks what the repository requires', async () => {
    const stop = stopOf(300);

    await expect(heedRecipe({ stop }, { ...NO_RECIPE, requires: ['node', 'no-such-tool>=3'] })).rejects.toMatchObject({
      code: 'infrastructure',
      message: expect.stringMatching(/^the repository requires no-such-tool>=3, which this agent lacks/),
    });
    await heedRecipe({ stop }, { ...NO_RECIPE, requires: ['node>=20'] });
    stop.close();
  });
});
