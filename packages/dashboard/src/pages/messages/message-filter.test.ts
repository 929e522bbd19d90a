import { describe, expect, it } from 'vitest';
import { sampleYard } from '../../testing/sample-yard.ts';
import { filtered, filterIn, merged } from './message-filter.ts';
import { allSeen, isSeen, seenFrom, seenText, withSeen } from './seen.ts';

const { messages } = sampleYard('2026-03-01T12:00:00.000Z');
const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
const wanted = (query: Record<string, string>) => filterIn(new Map(Object.entries(query)));

describe('message-filter', () => {
  it('finds all words anywhere, whatever their case', () => {
    expect(ids(filtered(messages, wanted({ q: 'FULL build2' }), () => true))).toEqual(['01karmsg1']);
    expect(filtered(messages, wanted({ q: 'nowhere' }), () => true)).toEqual([]);
  });

  it('knows what is urgent, awaited, and not seen', () => {
    expect(ids(filtered(messages, wanted({ show: 'urgent' }), () => true))).toEqual(['01karmsg1']);
    expect(ids(filtered(messages, wanted({ show: 'waiting' }), () => true))).toEqual(['01karmsg1']);
    expect(ids(filtered(messages, wanted({ show: 'unseen' }), ({ id }) => id !== '01karmsg3'))).toEqual(['01karmsg3']);
    expect(wanted({ show: 'evil' }).show).toBe('all');
  });

  it('puts older ones behind the newest, each once', () => {
    expect(ids(merged(messages.slice(0, 2), messages))).toEqual(ids(messages));
  });
});

describe('seen', () => {
  const [first, second] = messages;

  it('remembers single ones, or all up to a moment', () => {
    const some = seenFrom(seenText(withSeen(seenFrom(null), ['01karmsg1'])));

    expect(messages.map((it) => isSeen(some, it))).toEqual([true, false, false]);
    expect(messages.map((it) => isSeen(allSeen(second?.sentAt ?? ''), it))).toEqual([false, true, true]);
    expect(first).toBeDefined();
  });

  it.each(['{', '[]', 'null', '{"ids":[1],"until":3}'])('takes %s for nothing seen', (text) => {
    expect(messages.some((it) => isSeen(seenFrom(text), it))).toBe(false);
  });
});
