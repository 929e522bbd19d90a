import { after } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { sampleYard } from '../../testing/sample-yard.ts';
import { criticalChain, timelineOf } from './timeline.ts';

const now = '2026-03-01T12:00:00.000Z';
const HOUR_MS = 3_600_000;
const at = (minutes: number) => after(now, minutes * 60_000);
const rows = (jobs: object[]) =>
  sampleYard(now, { jobs: jobs.map((it) => ({ priority: 5, submittedAt: at(-90), status: 'running', ...it })) }).jobs;
const { agents } = sampleYard(now);
const lanes = (jobs: object[]) =>
  timelineOf(rows(jobs), agents, { now, backMs: HOUR_MS }).lanes.map(({ name, kind, bars }) => [
    name,
    kind,
    bars.map(({ job }) => job.id),
  ]);

describe('timeline', () => {
  it('gives each server a lane, and another where it builds side by side', () => {
    const jobs = [
      { id: 'a', agent: 'build1', startedAt: at(-30), endedAt: at(-10), status: 'succeeded' },
      { id: 'b', agent: 'build1', startedAt: at(-20) },
      { id: 'c', agent: 'build1', startedAt: at(-5), endsAt: at(5) },
      { id: 'd', agent: 'build2', startedAt: at(-5) },
      { id: 'old', agent: 'build2', startedAt: at(-80), endedAt: at(-70), status: 'failed' },
      { id: 'next', status: 'queued', turnAt: at(5), endsAt: at(9) },
      { id: 'stuck', status: 'queued' },
    ];

    expect(lanes(jobs)).toEqual([
      ['build1', 'server', ['a', 'c']],
      ['', 'server', ['b']],
      ['build2', 'server', ['d']],
      ['Next turns', 'waiting', ['next']],
    ]);
  });

  it('says from when on a bar is only expected', () => {
    const { lanes: drawn, to } = timelineOf(
      rows([
        { id: 'late', agent: 'build1', startedAt: at(-5), endsAt: at(-1) },
        { id: 'runs', agent: 'build2', startedAt: at(-5), endsAt: at(5) },
      ]),
      agents,
      { now, backMs: HOUR_MS },
    );
    const [late, runs] = drawn.flatMap(({ bars }) => bars);

    expect([late?.to, late?.expectedFrom]).toEqual([Date.parse(now), Date.parse(now)]);
    expect([runs?.to, runs?.expectedFrom]).toEqual([Date.parse(at(5)), Date.parse(now)]);
    expect(to).toBe(Date.parse(at(5)));
  });

  it('puts the parts of a split build below it', () => {
    const jobs = [
      {
        id: 'whole',
        status: 'queued',
        repository: 'x/app',
        parts: { kind: 'distributed', all: 2 },
        turnAt: at(4),
        endsAt: at(6),
      },
      { id: 'p1', parent: 'whole', agent: 'build1', startedAt: at(-5), endsAt: at(1) },
      { id: 'p2', parent: 'whole', agent: 'build2', startedAt: at(-4), endsAt: at(4) },
    ];

    expect(lanes(jobs)).toEqual([
      ['app', 'split', ['whole']],
      ['build1', 'part', ['p1']],
      ['build2', 'part', ['p2']],
    ]);
    expect(criticalChain(rows(jobs))).toEqual(['p2', 'whole']);
  });

  it('finds the chain that ends last, and none where nothing waits for another', () => {
    const jobs = [
      { id: 'a', agent: 'build1', startedAt: at(-5), endsAt: at(2) },
      { id: 'b', agent: 'build2', startedAt: at(-5), endsAt: at(3) },
      { id: 'c', status: 'queued', needs: ['a', 'b'], turnAt: at(3), endsAt: at(9) },
      { id: 'd', status: 'queued', turnAt: at(3), endsAt: at(5) },
    ];

    expect(criticalChain(rows(jobs))).toEqual(['b', 'c']);
    expect(criticalChain(rows(jobs.slice(0, 2)))).toEqual([]);
    expect(
      criticalChain(
        rows([
          { id: 'x', needs: ['y'], endsAt: at(1) },
          { id: 'y', needs: ['x'], endsAt: at(2) },
        ]),
      ),
    ).toEqual(['x', 'y']);
  });
});
