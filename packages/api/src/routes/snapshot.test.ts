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
});
