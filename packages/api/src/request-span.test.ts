import { startTracing } from '@gityard/telemetry';
import { receiveTraces, type TracesReceived } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { apiOf, ask } from './testing/world.ts';

const GIVEN = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';

let receiver: TracesReceived;
beforeEach(async () => {
  receiver = await receiveTraces(startTracing);
});
afterEach(() => receiver.close());

describe('request-span', () => {
  it('is a part of the trace of its caller, with its route and how it was answered', async () => {
    const api = await apiOf({});

    await ask(api, '/api/v1/snapshot?token=hidden', { headers: { traceparent: GIVEN } });
    await receiver.sent();

    expect(receiver.spans).toMatchObject([
      {
        name: 'GET /api/v1/snapshot',
        kind: 2,
        traceId: GIVEN.slice(3, 35),
        parentId: GIVEN.slice(36, 52),
        attributes: {
          'http.request.method': 'GET',
          'http.route': '/api/v1/snapshot',
          'http.response.status_code': 200,
          'url.scheme': 'http',
        },
      },
    ]);
    expect(receiver.text).not.toContain('hidden');
  });

  it('begins a trace where the caller names none, or what is no trace', async () => {
    const api = await apiOf({});

    await ask(api, '/api/v1/snapshot', { headers: { traceparent: GIVEN.toUpperCase() } });
    await ask(api, '/api/v1/nothing');
    await receiver.sent();

    expect(receiver.spans).toMatchObject([{ parentId: null }, { parentId: null }]);
    expect(receiver.spans.map((it) => it.attributes['http.response.status_code'])).toEqual([200, expect.any(Number)]);
  });

  it('tells nothing of those who ask all day', async () => {
    const api = await apiOf({});

    for (const path of ['/healthz', '/readyz', '/metrics']) await ask(api, path);
    await receiver.sent();

    expect(receiver.spans).toEqual([]);
  });
});
