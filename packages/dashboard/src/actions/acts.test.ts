import { describe, expect, it } from 'vitest';
import { sampleYard } from '../testing/sample-yard.ts';
import { actOf, commandOf } from './acts.ts';

const NOON = '2026-03-01T12:00:00.000Z';
const model = sampleYard(NOON);

describe('acts', () => {
  it('asks before a lock is taken away: holder, age, effect, a reason, and its name to be typed', () => {
    const act = actOf({ op: 'break-lock', target: 'publish' }, model, NOON);

    expect(act.facts).toContainEqual(['Held by', 'build3']);
    expect(act.facts).toContainEqual(['Since', '3 min ago']);
    expect(act.effect).toContain('build3 loses it at once');
    expect(act.typed).toBe('publish');
    expect(act.fields).toEqual([{ name: 'reason', label: 'Reason', isRequired: true }]);
  });

  it('says that all lose a lock that several hold at once', () => {
    const locks = model.locks.map((it) => (it.name === 'publish' ? { ...it, count: 4, holders: 3 } : it));

    const act = actOf({ op: 'break-lock', target: 'publish' }, { ...model, locks }, NOON);

    expect(act.facts).toContainEqual(['Held by', 'build3 and 2 others']);
    expect(act.effect).toContain('All 3 holders lose it at once');
  });

  it('sends what must still hold: the token of a lock or of a held job, the status of any other', () => {
    const conditions = (op: 'cancel' | 'retry' | 'break-lock', target: string) => actOf({ op, target }, model, NOON).if;

    expect(conditions('break-lock', 'publish')).toEqual({ token: '12' });
    expect(conditions('cancel', '01kar9x2runcloud')).toEqual({ token: '1' });
    expect(conditions('cancel', '01kara01queued')).toEqual({ status: 'queued' });
    expect(conditions('retry', '01kar7failedxx')).toEqual({ status: 'failed' });
  });

  it('begins with what the page has said already', () => {
    const fieldOf = (args: object) =>
      actOf({ op: 'prioritise', target: '01kara01queued', args: { ...args } }, model, NOON).fields[0];

    expect(fieldOf({})).toMatchObject({ name: 'priority', value: '1' });
    expect(fieldOf({ priority: 8 })).toMatchObject({ value: '8' });
    expect(fieldOf({ priority: 4 })?.choices).toContainEqual(['4', '4']);
  });

  it('adds nothing about what the snapshot does not show', () => {
    const wish = { op: 'cancel', target: 'unknown' } as const;

    expect(commandOf(wish, actOf(wish, model, NOON), { reason: 'too old' })).toEqual({
      op: 'cancel',
      target: 'unknown',
      args: { reason: 'too old' },
      if: {},
    });
  });
});
