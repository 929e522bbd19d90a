import { after } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import type { JobRow } from '../rows.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { timeLeft } from './time-left.ts';

const noon = '2026-03-01T12:00:00.000Z';
const at = (minutes: number) => after(noon, minutes * 60_000);
const [some] = sampleYard(noon).jobs as [JobRow];
const left = (startedAt: string | null, endsAt: string | null) =>
  timeLeft({ ...some, startedAt, endsAt }, { made: at(-1), now: noon });

describe('time-left', () => {
  it('says about how long is left, and how much of its time it has had', () => {
    expect(left(at(-12), at(4))).toEqual({ words: 'about 4 min left', isOver: false, percent: 75 });
    expect(left(at(-12), at(0.5))).toMatchObject({ words: 'less than 1 min left' });
  });

  it('says when it takes longer than usual: an estimate is never earlier than its snapshot', () => {
    expect(left(at(-12), at(-1))).toEqual({ words: 'longer than usual', isOver: true, percent: 100 });
  });

  it('pretends nothing where nothing like it is known', () => {
    expect(left(at(-12), null)).toMatchObject({ words: 'no estimate yet', percent: null });
    expect(left(null, at(4))).toMatchObject({ percent: null });
  });
});
