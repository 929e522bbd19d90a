import { expect, it } from 'vitest';
import { jobLogIn } from './read-log.ts';

it('reads of what an agent says of a log only what is as it should be', () => {
  const times = [null, 7, { line: 'x', at: '2026-01-01T00:00:00Z' }, { line: 2, at: 3 }, { line: 1, byte: 0, at: 'T' }];
  const of = (record: unknown) =>
    jobLogIn([{ path: 'mac/logs/j1_1.json', content: Buffer.from(JSON.stringify(record)) }])?.record;

  expect(of({ times })?.times).toEqual([times.at(-1)]);
  expect(of({ times: 'many', flakyTests: 1 })).toMatchObject({ times: [], flakyTests: [] });
  expect(of(null)).toBeNull();
});
