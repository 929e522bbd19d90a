import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { REFUSALS } from './decision.ts';

it('decision — every refusal is explained in the map of the code, and none besides', () => {
  const map = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
  const told = [...map.matchAll(/^\| `([A-Z_]+)` \| (.+) \|$/gm)].map(([, code, meaning]) => [code, meaning]);

  expect(Object.fromEntries(told)).toEqual(REFUSALS);
});
