import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as moment } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../specs/world.ts';
import { BUDGET, evict } from './evict.ts';

it('leaves a workspace alone that a build enters while another is removed', async () => {
  const root = temporaryFolder();
  const folders = ['a', 'b', 'c'].map((name) => join(root, name));
  for (const folder of folders) mkdirSync(folder);
  const busy = new Set<string>();

  const evicting = evict(root, busy, BUDGET);
  while (busy.size === 0) await moment();
  const entered = folders.find((it) => !busy.has(it)) ?? '';
  busy.add(entered);
  await evicting;

  expect(readdirSync(root).map((name) => join(root, name))).toEqual([entered]);
  expect([...busy]).toEqual([entered]);
});
