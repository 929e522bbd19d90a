import { describe, expect, it } from 'vitest';
import { looksStanding } from '../frame/standing.ts';
import { sampleYard } from '../testing/sample-yard.ts';
import type { Connection } from '../worker/protocol.ts';
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

  it.each([600_000, -600_000])('takes no look for an old one where the clock is %i ms off', (skewMs) => {
    const lookedAt = Date.parse('2026-03-01T12:00:00.000Z');
    const connection: Connection = {
      ...NOTHING_YET.connection,
      ...{ state: 'live' as const, skewMs, lookedAt, nextLookAt: lookedAt + 20_000 },
      requests: [{ at: lookedAt, what: 'look', ms: 90, status: 200, cost: 1 }],
    };

    const view = nextView(NOTHING_YET, { kind: 'connection', connection });

    const byServer = lookedAt + skewMs;
    expect(looksStanding(view.connection, byServer + 10_000)).toBe('fresh');
    expect(looksStanding(view.connection, byServer + 100_000)).toBe('stale');
    expect(view.connection.requests[0]?.at).toBe(byServer);
  });
});
