import { MemoryRemote } from '@gityard/store';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createYard } from '../create-yard.ts';
import { openYard } from '../open-yard.ts';
import type { Yard } from '../yard.ts';
import { jobLogs } from './job-logs.ts';

let yard: Yard;
beforeEach(async () => {
  const remote = new MemoryRemote();
  await createYard({ address: remote.transport(), actor: 'founder' });
  yard = openYard({ address: remote.transport(), actor: 'mac' });
  await yard.refresh();
});
afterEach(async () => {
  vi.useRealTimers();
  await yard.close();
});

const publish = (job: string, text: string) =>
  yard.logs.publish([{ path: `mac/logs/${job}_20260101T000000Z.1.log`, content: Buffer.from(text) }], {
    ...{ agent: 'mac', job, keep: 10 },
  });

it('look once for all who ask right after each other, and hand out the same list until the log has grown', async () => {
  let looks = 0;
  const filesOf = jobLogs({
    look: () => {
      looks += 1;
      return yard.logs.look();
    },
  });
  const later = () => vi.advanceTimersByTime(1_001);
  vi.useFakeTimers({ toFake: ['performance'] });
  await publish('j1', 'one\n');

  const [first, second, none] = await Promise.all([filesOf('j1'), filesOf('j1'), filesOf('j2')]);
  expect({ looks, isSame: first === second, none }).toEqual({ looks: 1, isSame: true, none: [] });
  await publish('j2', 'other\n');
  later();
  expect(await filesOf('j1')).toBe(first);
  await publish('j1', 'one\ntwo\n');
  later();

  const grown = await filesOf('j1');
  expect(grown.map((it) => Buffer.from(it.content).toString())).toEqual(['one\ntwo\n']);
  expect(looks).toBe(3);
});
