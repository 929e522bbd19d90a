import { describe, expect, it } from 'vitest';
import { headline } from '../headline.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import { NOTHING_YET, type YardView } from '../yard/yard.ts';
import { knownUntil } from './known-until.ts';

const NOON = '2026-03-01T12:00:00.000Z';
const LATER = '2026-03-01T13:00:00.000Z';
const model = sampleYard(NOON);
const failure = { kind: 'rate-limited', reason: 'no more' } as const;

const viewWith = (connection: Partial<YardView['connection']>, view: Partial<YardView> = {}): YardView => ({
  ...NOTHING_YET,
  model,
  ...view,
  connection: { ...NOTHING_YET.connection, state: 'live', ...connection },
});

describe('known-until', () => {
  it('does not let a server fall silent because the page hears nothing', () => {
    for (const state of ['offline', 'limited', 'paused'] as const) {
      const known = knownUntil(viewWith({ state, failure }), LATER);

      expect(known).toBe(model.at);
      expect(headline(model, known)).toEqual(headline(model, NOON));
    }
    expect(knownUntil(viewWith({}, { isRemembered: true }), LATER)).toBe(model.at);
  });

  it('goes on with the clock while the source answers, though with nothing new', () => {
    expect(knownUntil(viewWith({}), LATER)).toBe(LATER);
    expect(knownUntil(viewWith({ failure: { kind: 'invalid', reason: 'one snapshot was torn' } }), LATER)).toBe(LATER);
    const lookedAt = Date.parse(LATER) - 60_000;
    expect(knownUntil(viewWith({ state: 'offline', failure, lookedAt }), LATER)).toBe('2026-03-01T12:59:00.000Z');
  });
});
