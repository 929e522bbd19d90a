import { describe, expect, it } from 'vitest';
import { sampleYard } from '../testing/sample-yard.ts';
import type { SourceEvent } from './source.ts';
import { NOTHING_YET, nextView } from './yard-view.ts';

const model = sampleYard('2026-03-01T12:00:00.000Z', { sequence: 7 });
const offline: SourceEvent = { kind: 'connection', connection: { state: 'offline', reason: 'it is away', skewMs: 0 } };

describe('yard-view', () => {
  it('keeps the data when the connection is lost', () => {
    const lost = nextView(nextView(NOTHING_YET, { kind: 'snapshot', model }), offline);

    expect(lost.model).toBe(model);
    expect(lost.connection).toMatchObject({ state: 'offline', reason: 'it is away' });
  });

  it('takes every newer snapshot', () => {
    const newer = { ...model, sequence: 8 };
    const view = nextView(nextView(NOTHING_YET, { kind: 'snapshot', model }), { kind: 'snapshot', model: newer });

    expect(view).toMatchObject({ model: newer, rewritten: false });
  });

  it('notices that history went back, and does not forget it', () => {
    const older = { ...model, sequence: 3 };
    const back = nextView(nextView(NOTHING_YET, { kind: 'snapshot', model }), { kind: 'snapshot', model: older });

    expect(back).toMatchObject({ model: older, rewritten: true });
    expect(nextView(back, { kind: 'snapshot', model })).toMatchObject({ rewritten: true });
  });
});
