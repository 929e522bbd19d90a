import { describe, expect, it } from 'vitest';
import { apiOf, ask, handSource, sampleModel } from '../testing/world.ts';

describe('snapshot', () => {
  it('gives the read model, and 304 to one who has it', async () => {
    const source = handSource(sampleModel(7));
    const api = await apiOf({ source });
    const first = await ask(api, '/api/v1/snapshot');
    const etag = String(first.headers.etag);

    expect(JSON.parse(first.body)).toEqual(sampleModel(7));
    expect(await ask(api, '/api/v1/snapshot', { headers: { 'if-none-match': etag } })).toMatchObject({
      status: 304,
      body: '',
    });
    source.push(sampleModel(8));
    expect((await ask(api, '/api/v1/snapshot', { headers: { 'if-none-match': `"other", ${etag}` } })).status).toBe(200);
  });

  it('is not ready before the yard was read, though the process is healthy', async () => {
    const source = handSource();
    const api = await apiOf({ source });

    expect(await ask(api, '/api/v1/snapshot')).toMatchObject({ status: 503, headers: { 'retry-after': '1' } });
    expect((await ask(api, '/readyz')).status).toBe(503);
    expect((await ask(api, '/healthz')).status).toBe(200);
    source.push(sampleModel(1));
    expect((await ask(api, '/readyz')).status).toBe(200);
  });

  it('is not ready any more when the yard was not seen for five minutes, and says since when and why', async () => {
    let lookedAtMs: number | undefined;
    const source = { ...handSource(sampleModel(1)), lookedAtMs: () => lookedAtMs, trouble: () => 'the remote is away' };
    const api = await apiOf({ source });
    const ready = async () => ask(api, '/readyz');

    expect((await ready()).status).toBe(200);
    lookedAtMs = Date.now() - 240_000;
    expect((await ready()).status).toBe(200);
    lookedAtMs = Date.UTC(2026, 2, 1);
    expect(await ready()).toMatchObject({ status: 503, headers: { 'retry-after': '30' } });
    expect(JSON.parse((await ready()).body)).toMatchObject({
      code: 'STALE',
      detail: 'the yard was last seen at 2026-03-01T00:00:00.000Z: the remote is away',
    });
    expect((await ask(api, '/healthz')).status).toBe(200);
    const closed = await ask(await apiOf({ source, open: false }), '/readyz');
    expect({ status: closed.status, body: closed.body }).toEqual({
      status: 503,
      body: expect.not.stringContaining('the remote is away'),
    });
  });
});
