import { after } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import type { JobRow } from '../rows.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { waitGroups } from './wait-groups.ts';

const noon = '2026-03-01T12:00:00.000Z';
const [some] = sampleYard(noon).jobs as [JobRow];
const waits = (id: string, ...reasons: readonly (readonly [code: string, kind: string, text: string])[]): JobRow => ({
  ...some,
  id,
  status: 'queued',
  submittedAt: noon,
  reasons: reasons.map(([code, kind, text]) => ({ code, class: kind, text, since: null, refs: [] })) as never,
});
const busy = (ahead: number) => ['just-queued', 'will-run', `waits to be claimed by a, ${ahead} jobs ahead`] as const;
const arm = ['no-agent-with', 'stuck', 'no agent fits arm64'] as const;

describe('wait-groups', () => {
  it('puts jobs together that wait for the same, whatever their place in the queue', () => {
    const groups = waitGroups([waits('1', busy(2)), waits('2', busy(3)), waits('3', arm)]);

    expect(groups).toMatchObject([
      { isStuck: true, jobs: [{ id: '3' }] },
      { isStuck: false, text: 'waits to be claimed by a', jobs: [{ id: '1' }, { id: '2' }] },
    ]);
  });

  it('tells of a job what no waiting will mend, though it waits for something else as well', () => {
    expect(waitGroups([waits('1', busy(2), arm)])).toMatchObject([{ isStuck: true, text: 'no agent fits arm64' }]);
  });

  it('says when the first has its turn, and since when the oldest waits', () => {
    const [first, second] = [waits('1', arm), { ...waits('2', arm), submittedAt: after(noon, -1000) }];
    const turnAt = after(noon, 60_000);

    expect(
      waitGroups([
        { ...first, turnAt: after(turnAt, 1000) },
        { ...second, turnAt },
      ]),
    ).toMatchObject([{ oldest: after(noon, -1000), turnAt }]);
  });

  it('has a place for jobs that nobody explained, and none for those that run', () => {
    expect(waitGroups([waits('1'), { ...waits('2'), status: 'running' }])).toMatchObject([
      { text: 'behind others in the queue', jobs: [{ id: '1' }] },
    ]);
  });
});
