import { after } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { sampleYard } from '../testing/sample-yard.ts';
import { keepingOf, LastVisit } from './last-visit.ts';
import { isQuiet, type Seen, seenNow, sinceThen } from './since-last-visit.ts';

const noon = '2026-03-01T12:00:00.000Z';
const yard = sampleYard(noon);
const ago = (minutes: number) => after(noon, -minutes * 60_000);

describe('since-last-visit', () => {
  it('is quiet when nothing has changed', () => {
    expect(isQuiet(sinceThen(seenNow(yard, noon), yard, noon))).toBe(true);
  });

  it('tells what ended, who went, came and joined, and which locks changed hands', () => {
    const seen: Seen = {
      ...seenNow(yard, ago(30)),
      servers: [
        ['build1', 'silent'],
        ['build2', 'fresh'],
        ['build3', 'fresh'],
        ['build4', 'fresh'],
        ['mac-mini', 'late'],
        ['gone', 'fresh'],
      ],
      locks: [['publish', 10]],
      signatures: ['nobody could run it within a day'],
    };

    expect(sinceThen(seen, yard, noon)).toMatchObject({
      succeeded: 1,
      failed: 1,
      isAtLeast: false,
      newSignatures: 1,
      wentSilent: [{ id: 'build4' }],
      cameBack: ['build1'],
      joined: ['newcomer'],
      left: ['gone'],
      locks: [
        { name: 'publish', times: 2, holder: 'build3' },
        { name: 'licences', times: 40 },
      ],
    });
  });

  it('says that it may have been more when the snapshot does not reach back as far', () => {
    const cut = { ...yard, truncated: { finished: 12 } };

    expect(sinceThen(seenNow(yard, ago(600)), cut, noon).isAtLeast).toBe(true);
    expect(sinceThen(seenNow(yard, ago(600)), yard, noon).isAtLeast).toBe(false);
  });

  it('does not say that a server left which only did not fit', () => {
    const cut = { ...yard, agents: yard.agents.slice(0, 1), truncated: { agents: 5 } };

    expect(sinceThen(seenNow(yard, noon), cut, noon).left).toEqual([]);
  });
});

describe('last-visit', () => {
  const memory = () => {
    const kept = new Map<string, string>();
    return {
      kept,
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => void kept.set(key, value),
    };
  };
  const look = (visit: LastVisit, minutes: number) => visit.look(seenNow(yard, ago(-minutes)), ago(-minutes));

  it('compares with the end of the last visit, over reloads too', () => {
    const keeping = memory();
    const first = new LastVisit('acme', keeping);
    look(first, 0);
    look(first, 5);
    expect(first.before).toBe(null);

    const second = new LastVisit('acme', keeping);
    look(second, 120);
    const reloaded = new LastVisit('acme', keeping);
    look(reloaded, 125);

    expect([second.before?.at, reloaded.before?.at]).toEqual([ago(-5), ago(-5)]);
  });

  it('compares with what was marked as seen', () => {
    const visit = new LastVisit('acme', memory());
    look(visit, 0);
    visit.mark(seenNow(yard, ago(-3)));

    expect([visit.before?.at, visit.isMarked]).toEqual([ago(-3), true]);
  });

  it('begins anew where what was kept cannot be read, or cannot be kept', () => {
    const keeping = memory();
    keeping.kept.set('gityard-seen:acme', '{"latest":{"at":7},"before":null}');
    const visit = new LastVisit('acme', keeping);
    look(visit, 0);
    expect(visit.before).toBe(null);

    const forbidden = {
      getItem: () => null,
      setItem: () => {
        throw new Error('full');
      },
    };
    expect(() => look(new LastVisit('acme', forbidden), 0)).not.toThrow();
  });

  it('keeps nothing of a private yard where strangers share the origin', () => {
    expect(keepingOf({ mayKeep: false })).toBe(null);
  });
});
