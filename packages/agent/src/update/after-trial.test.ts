import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { monotonicMs } from '../pause.ts';
import { settle } from './after-trial.ts';
import { changingOf, SETTLING_MS } from './changing.ts';
import { NO_PROGRAMS, readPrograms, writePrograms } from './programs.ts';

let folder: TemporaryFolder;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

it('a program that has worked for an hour in this life has nothing to go back to any more, and none before', async () => {
  const before = { program: null, chosenOver: null, job: 'j1', deaths: 2 };
  await writePrograms(folder.path, { ...NO_PROGRAMS, before });
  const options = { home: folder.path, launcher: { installed: '1.0.0' } } as Parameters<typeof changingOf>[0];
  const changing = await changingOf(options);
  if (!changing) throw new Error('it has a launcher');
  const self = { id: 'build1', boot: 'b', host: 'h', pid: 1, home: folder.path };
  expect(Math.abs((changing.settlesAtMs ?? 0) - monotonicMs() - SETTLING_MS)).toBeLessThan(SETTLING_MS / 2);

  await settle({ changing, self });
  expect(await readPrograms(folder.path)).toMatchObject({ before });

  changing.settlesAtMs = monotonicMs() - 1;
  await settle({ changing, self });
  expect(await readPrograms(folder.path)).toMatchObject({ before: null });
});
