import { describe, expect, it } from 'vitest';
import { byDay, firstSeen, withNewest, withOlder } from './changes-log.ts';

const row = (key: string, at = '2026-03-01T12:00:00Z') => ({
  ...{ key, at, commit: key, by: 'build1', operation: 'claim', subject: '' },
  ...{ agent: null, job: null, lock: null, message: null, token: null, reason: null },
});
const page = (keys: string, next: string | null = null) => ({
  rows: [...keys].map((key) => row(key)),
  next,
  isCutOff: false,
});
const keysOf = ({ rows }: { rows: readonly { key: string }[] }) => rows.map(({ key }) => key).join('');

describe('changes-log', () => {
  it('puts what is new before what is known, and keeps how far it was read', () => {
    const log = withOlder(page('cb', 'a'), page('a'));

    const next = withNewest(log, page('edcb', 'b'));

    expect(keysOf(next)).toBe('edcba');
    expect(next.next).toBeNull();
  });

  it('begins anew where a hole would be left', () => {
    expect(keysOf(withNewest(page('cba'), page('zyx', 'w')))).toBe('zyx');
  });

  it('parts the days, and finds where the last visit was', () => {
    const rows = [row('c', '2026-03-02T12:00:00Z'), row('b', '2026-03-01T13:00:00Z'), row('a')];

    expect(byDay(rows).map(keysOf)).toEqual(['c', 'ba']);
    expect(firstSeen(rows, '2026-03-01T13:00:00Z')).toBe(1);
    expect(firstSeen(rows, '2026-02-01T13:00:00Z')).toBe(-1);
  });
});
