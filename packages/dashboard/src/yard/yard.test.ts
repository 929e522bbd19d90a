import { describe, expect, it } from 'vitest';
import { sampleYard } from '../testing/sample-yard.ts';
import { NOTHING_YET, nextView } from './yard.ts';

const model = sampleYard('2026-03-01T12:00:00.000Z', { sequence: 7 });

describe('yard', () => {
  it('keeps the data when the connection is lost', () => {
    const known = nextView(NOTHING_YET, { kind: 'snapshot', model, isRemembered: false, rewritten: false });
    const lost = nextView(known, {
      kind: 'connection',
      connection: {
        ...NOTHING_YET.connection,
        state: 'offline',
        failure: { kind: 'unavailable', reason: 'it is away' },
      },
    });

    expect(lost.model).toBe(model);
    expect(lost.connection).toMatchObject({ state: 'offline', failure: { reason: 'it is away' } });
  });
});
