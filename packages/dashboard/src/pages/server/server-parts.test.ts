import { describe, expect, it } from 'vitest';
import type { JobRow } from '../../rows.ts';
import { sampleYard } from '../../testing/sample-yard.ts';
import type { ServerBuild } from '../../worker/questions/server-past.ts';
import { diskForecast } from './disk-forecast.ts';
import { buildsOf } from './last-builds.ts';

const noon = '2026-03-01T12:00:00.000Z';

describe('disk-forecast', () => {
  const points = [
    { at: noon, freeGB: 50 },
    { at: noon, freeGB: 40 },
  ];

  it.each([
    [-10, 'bad', 'Full in about 4 days: it fills by 10 GB a day, by 2 hourly readings.'],
    [-2, 'wait', 'Full in about 20 days: it fills by 2 GB a day, by 2 hourly readings.'],
    [-80, 'bad', 'Full in about 12 h: it fills by 80 GB a day, by 2 hourly readings.'],
    [-0.1, 'ok', 'Not full within half a year: it fills by 0.1 GB a day, by 2 hourly readings.'],
    [3, 'ok', 'It is not filling, by 2 hourly readings.'],
    [null, 'off', 'No forecast yet: half a day of readings is the least.'],
  ])('at %d GB a day', (trendGBPerDay, tone, text) => {
    expect(diskForecast({ points, trendGBPerDay })).toEqual({ tone, text });
  });
});

describe('last-builds', () => {
  const [job] = sampleYard(noon).finished as [JobRow];
  const record: ServerBuild = {
    job: job.id,
    attempt: 1,
    repository: 'https://git.example/web/portal',
    branch: 'main',
    commit: null,
    startedAt: '2026-03-01T09:00:00Z',
    seconds: 90,
    status: 'failed',
    cause: 'timeout',
  };

  it('tells an attempt once, by the snapshot, which says more', () => {
    const builds = buildsOf([job], [record, { ...record, attempt: 2, startedAt: '2026-03-01T10:00:00Z' }]);

    expect(builds.map(({ status, note }) => [status, note])).toEqual([
      ['succeeded', null],
      ['failed', 'it took too long'],
    ]);
  });

  it('shows the last twenty, newest first', () => {
    const many = Array.from({ length: 30 }, (_, at) => ({
      ...record,
      job: `j${at}`,
      startedAt: `2026-03-01T09:${String(at).padStart(2, '0')}:00Z`,
    }));

    expect(buildsOf([], many).map((it) => it.job)).toEqual(Array.from({ length: 20 }, (_, at) => `j${29 - at}`));
  });
});
