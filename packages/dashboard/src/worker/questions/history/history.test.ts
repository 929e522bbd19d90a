import { world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import { memoryReading } from '../../../testing/memory-reading.ts';
import { type HistoryAsked, history } from './history.ts';

const NOON = Date.parse('2026-03-02T12:00:00.000Z');
const HOUR = 3_600_000;
const asked: HistoryAsked = {
  at: 'a'.repeat(40),
  untilMs: NOON,
  hours: 24,
  project: null,
  server: null,
  strategy: null,
  mostJobs: 100,
};
const hoursAgo = (hours: number): string => new Date(NOON - hours * HOUR).toISOString();
const line = (job: string, startedAt: string, fields: object = {}): string =>
  JSON.stringify({
    job,
    attempt: 1,
    agent: 'build1',
    repository: 'https://git.example/app.git',
    branch: 'main',
    strategy: 'Cached',
    startedAt,
    seconds: 600,
    status: 'succeeded',
    ...fields,
  });
const months = (files: Record<string, readonly string[]>): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([id, lines]) => [`shared/metrics/${id}.jsonl`, lines.join('\n')]));

describe('history', () => {
  it('counts what ended in its span, over the files of both months, and says how many', async () => {
    const files = months({
      '2025-12': [line('old', '2025-12-30T12:00:00Z')],
      '2026-02': [line('a', hoursAgo(40)), line('b', hoursAgo(40), { status: 'failed', cause: 'code' })],
      '2026-03': [line('c', hoursAgo(5))],
      '2026-03-2': [line('d', hoursAgo(4), { status: 'cancelled' })],
    });

    const { rates, attempts } = await history(memoryReading(files), asked);

    expect(attempts).toBe(2);
    expect(rates).toEqual([
      { hours: 24, succeeded: 1, of: 1 },
      { hours: 168, succeeded: 2, of: 3 },
      { hours: 720, succeeded: 2, of: 3 },
    ]);
  });

  it('counts an attempt once that stands in two places, and reads no more jobs than it may', async () => {
    const { state } = world().job('b1', {
      status: 'succeeded',
      token: 1,
      attempts: [attempt({ startedAt: hoursAgo(2), endedAt: hoursAgo(1) })],
    });
    const files = {
      ...months({ '2026-03': [line('b1', hoursAgo(2), { agent: 'mac' })] }),
      'shared/jobs/aa/b1.json': JSON.stringify(state.jobs.get('b1')),
      'shared/jobs/aa/b0.json': 'nonsense',
    };

    expect(await history(memoryReading(files), asked)).toMatchObject({
      attempts: 1,
      unread: 0,
      broken: [{ path: 'shared/jobs/aa/b0.json' }],
    });
    expect(await history(memoryReading(files), { ...asked, mostJobs: 1 })).toMatchObject({ unread: 1, broken: [] });
  });

  it('tells how long builds take by strategy, and which took longest for what they are, where that is known', async () => {
    const lines = [10, 20, 30, 40, 400].map((seconds, at) => line(`j${at}`, hoursAgo(3), { seconds }));
    const files = months({ '2026-03': [...lines, line('x', hoursAgo(3), { strategy: 'Clean', seconds: 5000 })] });

    const { durations, slowest } = await history(memoryReading(files), asked);

    expect(durations).toEqual([
      { strategy: 'Cached', n: 5, p50: 30, p95: 328 },
      { strategy: 'Clean', n: 1, p50: 5000, p95: 5000 },
    ]);
    expect(slowest.map(({ job, usual }) => [job, usual.p50, usual.n]).slice(0, 2)).toEqual([
      ['j4', 30, 5],
      ['j3', 30, 5],
    ]);
  });

  it('tells how busy servers were, of what lies in the span alone', async () => {
    const files = months({
      '2026-03': [
        line('a', hoursAgo(24.5), { seconds: 3600 }),
        line('b', hoursAgo(2), { agent: 'mac', seconds: 7200, status: 'lost' }),
      ],
    });

    const { servers, causes } = await history(memoryReading(files), asked);

    expect(servers).toEqual([
      { agent: 'mac', n: 1, failed: 1, busySeconds: 7200 },
      { agent: 'build1', n: 1, failed: 0, busySeconds: 1800 },
    ]);
    expect(causes).toEqual([{ cause: 'lost', count: 1 }]);
  });

  it('tells how long a branch stayed broken, and which is broken still', async () => {
    const failed = { status: 'failed', cause: 'code', seconds: 0 };
    const files = months({
      '2026-03': [
        line('a', hoursAgo(9), failed),
        line('b', hoursAgo(8), failed),
        line('c', hoursAgo(6), { seconds: 0 }),
        line('d', hoursAgo(2), { ...failed, branch: 'next' }),
      ],
      '2026-03-2': [line('command', hoursAgo(1), { ...failed, repository: null, branch: null })],
    });

    const { repairs, failures } = await history(memoryReading(files), asked);

    expect(repairs).toMatchObject({ n: 1, p50: 3 * 3600, longest: { job: 'a' }, open: [{ branch: 'next', job: 'd' }] });
    expect(failures).toMatchObject([
      { n: 4, failed: 3, causes: [{ cause: 'code', count: 3 }] },
      { repository: null, n: 1 },
    ]);
  });

  it('keeps to one project, server or strategy, and offers all of them', async () => {
    const files = months({
      '2026-03': [line('a', hoursAgo(3)), line('b', hoursAgo(3), { agent: 'mac', repository: 'x/other' })],
    });

    const answer = await history(memoryReading(files), { ...asked, server: 'mac' });

    expect(answer).toMatchObject({ attempts: 1, servers: [{ agent: 'mac', n: 1 }] });
    expect(answer.choices).toEqual({
      projects: ['https://git.example/app.git', 'x/other'],
      servers: ['build1', 'mac'],
      strategies: ['Cached'],
    });
  });

  it('hides no line behind a broken one', async () => {
    const files = months({ '2026-03': ['<<<<<<< HEAD', line('a', hoursAgo(3)), '{"__proto__":{"job":"x"}}'] });

    expect(await history(memoryReading(files), asked)).toMatchObject({
      attempts: 1,
      broken: [{ path: 'shared/metrics/2026-03.jsonl line 1' }, { path: 'shared/metrics/2026-03.jsonl line 3' }],
    });
  });
});

const attempt = (fields: object) => ({
  number: 1,
  agent: 'mac',
  boot: null,
  token: 1,
  status: 'succeeded' as const,
  cause: null,
  exitCode: 0,
  signal: null,
  reason: null,
  stages: [],
  late: null,
  ...(fields as { startedAt: string; endedAt: string }),
});
