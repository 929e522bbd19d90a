import { describe, expect, it } from 'vitest';
import type { Answered } from '../options.ts';
import { apiOf, ask } from '../testing/world.ts';

const text = async () => ({ contentType: 'text/plain; version=0.0.4; charset=utf-8', text: 'gityard_jobs 3\n' });

describe('metrics', () => {
  it('are those that the server was given, in the type that Prometheus reads', async () => {
    const { status, headers, body } = await ask(
      await apiOf({ metrics: { text, answered: () => undefined } }),
      '/metrics',
    );

    expect({ status, body }).toEqual({ status: 200, body: 'gityard_jobs 3\n' });
    expect(headers['content-type']).toContain('text/plain; version=0.0.4');
    expect(await ask(await apiOf({}), '/metrics')).toMatchObject({ status: 503 });
  });

  it('hear of every answer by the address of its endpoint, and of no stream', async () => {
    const told: Answered[] = [];
    const api = await apiOf({ metrics: { text, answered: (it) => told.push(it) } });

    const watching = await fetch(`${api.url}/api/v1/events`);
    expect(api.followers).toBe(1);
    await watching.body?.cancel();
    await ask(api, '/healthz');
    await ask(api, '/api/v1/jobs/secret-1/log');
    await ask(api, '/no/such?thing=1', { method: 'PUT' });
    await expect.poll(() => [told.length, api.followers]).toEqual([3, 0]);

    expect(told.map(({ method, route, status }) => [method, route, status])).toEqual([
      ['GET', '/healthz', 200],
      ['GET', expect.stringMatching(/^\/\*$|^$/), 404],
      ['PUT', '', 405],
    ]);
    expect(JSON.stringify(told)).not.toContain('secret-1');
    for (const { seconds } of told) expect(seconds).toBeGreaterThan(0);
  });
});
