import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type OtlpReceiver, startOtlpReceiver, traceFaults } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { beginSpan, inTrace, tell, traced, tracedInside, traceparentHere } from './span.ts';
import { startTracing } from './start-tracing.ts';
import { readTraceparent } from './traceparent.ts';
import { unfitTraces, wantsTraces } from './wants-traces.ts';

const GIVEN = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
const CANARY = 'canary-4f9a1c';
const mask = async (text: string): Promise<string> => text.replaceAll(CANARY, '***');

let receiver: OtlpReceiver;
beforeEach(async () => {
  receiver = await startOtlpReceiver();
});
afterEach(async () => {
  for (const name of Object.keys(process.env)) if (name.startsWith('OTEL_')) delete process.env[name];
  await receiver.close();
});

interface Sent {
  readonly env?: Readonly<Record<string, string>>;
  readonly troubles?: string[];
}

/** What the receiver has of what was done, once all of it was sent. */
async function sent(act: () => unknown, { env = {}, troubles = [] }: Sent = {}) {
  Object.assign(process.env, { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...env });
  const stop = await startTracing({
    service: 'gityard-spec',
    version: '1',
    mask,
    onTrouble: (it) => troubles.push(it),
    // The receiver is here: a stop that went before it has all of it would be the machine's fault.
    patienceMs: 180_000,
  });
  await act();
  await stop?.();
  return receiver.spans;
}
const named = (name: string) => receiver.spans.find((it) => it.name === name);

describe('traces', () => {
  it('arrive whole at a receiver that is strict: each span with its parent, its times and what it is about', async () => {
    await sent(() =>
      traced({ name: 'claim', parent: GIVEN, facts: { 'gityard.job': 'b1', left: null } }, async (span) => {
        await tracedInside({ name: 'push', kind: 'client' }, async () => undefined);
        span.note({ 'gityard.retries': 2 });
      }),
    );

    expect(receiver.faults).toEqual([]);
    expect(named('claim')).toMatchObject({
      traceId: GIVEN.slice(3, 35),
      parentId: GIVEN.slice(36, 52),
      attributes: { 'gityard.job': 'b1', 'gityard.retries': 2 },
      resource: { 'service.name': 'gityard-spec', 'service.version': '1' },
    });
    expect(named('claim')?.attributes).not.toHaveProperty('left');
    expect(named('push')).toMatchObject({ kind: 3, parentId: named('claim')?.spanId, traceId: GIVEN.slice(3, 35) });
  });

  it('have what was over already at its own time and under the id that others know it by', async () => {
    const [startedAt, endedAt] = ['2026-11-22T10:00:00.250Z', '2026-11-22T10:01:00.500Z'].map(today);
    await sent(() => {
      tell({ name: 'job', traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), startedAt, endedAt: endedAt ?? '' });
      tell({
        name: 'lost',
        parent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
        links: [GIVEN],
        endedAt: endedAt ?? '',
        startedAt,
        failed: 'gone',
      });
    });

    expect(traceFaults(receiver.spans)).toEqual([]);
    expect(named('job')).toMatchObject({ traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), parentId: null });
    expect((named('job')?.endMs ?? 0) - (named('job')?.startMs ?? 0)).toBe(60_250);
    expect(named('lost')).toMatchObject({ status: 2, message: 'gone', links: [{ spanId: GIVEN.slice(36, 52) }] });
  });

  it('are an error where something was thrown, which goes on as if nobody had looked', async () => {
    const failing = traced({ name: 'push' }, () => Promise.reject(new Error('no disk')));
    await expect(failing).rejects.toThrow('no disk');

    await sent(() => traced({ name: 'push' }, () => Promise.reject(new Error('no disk'))).catch(() => undefined));

    expect(named('push')).toMatchObject({ status: 2, message: 'no disk' });
  });

  it('are never shorter than nothing, though the clocks of two machines differ', async () => {
    await sent(() =>
      tell({ name: 'queue', startedAt: today('2026-01-01T12:09:00Z'), endedAt: today('2026-01-01T12:00:00Z') }),
    );

    expect(receiver.faults).toEqual([]);
    expect((named('queue')?.endMs ?? 0) - (named('queue')?.startMs ?? 0)).toBe(0);
  });

  it('leave out requests of nobody, and what somebody else tells of', async () => {
    await sent(async () => {
      await tracedInside({ name: 'look' }, async () => undefined);
      await traced({ name: 'attempt' }, async (span) => {
        await traced({ name: 'stage' }, async () => undefined);
        span.discard();
      });
    });

    expect(receiver.spans.map((it) => it.name)).toEqual(['stage']);
  });

  it('go on behind what waits, and beside each other', async () => {
    const seen: (string | undefined)[] = [];
    const pause = () => new Promise((resolve) => setImmediate(resolve));
    await sent(async () => {
      const [one, other] = [beginSpan({ name: 'one' }), beginSpan({ name: 'other' })];
      const look = async (): Promise<void> => {
        await pause();
        seen.push(traceparentHere());
      };
      await Promise.all([one, other].map((span) => span.run(look)));
      expect(seen).toEqual([one.traceparent, other.traceparent]);
      expect(inTrace(GIVEN, traceparentHere)).toBe(GIVEN);
      one.end();
      other.end();
    });

    expect(receiver.spans).toHaveLength(2);
    expect(traceparentHere()).toBeUndefined();
  });

  it('have no secret in them, wherever it stood', async () => {
    await sent(() =>
      traced({ name: `run ${CANARY}`, facts: { a: CANARY, b: [`x ${CANARY}`] } }, () =>
        Promise.reject(new Error(`with ${CANARY}`)),
      ).catch(() => undefined),
    );

    expect(receiver.text).not.toContain(CANARY);
    expect(receiver.spans[0]).toMatchObject({
      name: 'run ***',
      attributes: { a: '***', b: ['x ***'] },
      message: 'with ***',
    });
  });

  it('heed the variables that other programs heed', async () => {
    const env = { OTEL_SERVICE_NAME: 'mine', OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment=lab' };
    await sent(() => traced({ name: 'claim' }, async () => undefined), { env });

    expect(named('claim')?.resource).toMatchObject({ 'service.name': 'mine', 'deployment.environment': 'lab' });
  });

  it.each([
    ['always_off', '', 0],
    ['traceidratio', '0', 0],
    ['traceidratio', '1', 3],
    ['parentbased_always_on', '', 2],
  ])('are sampled by %s %s', async (sampler, argument, count) => {
    const act = async (): Promise<void> => {
      for (const parent of [undefined, GIVEN, GIVEN.replace(/01$/, '00')])
        await traced({ name: 'claim', parent }, async () => undefined);
    };
    await sent(act, { env: { OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: argument } });

    expect(receiver.spans).toHaveLength(count);
  });

  it.each([
    ['is away', () => Promise.resolve({ url: 'http://127.0.0.1:9', close: () => undefined })],
    ['takes them and never answers', startSilent],
  ])('cost nobody anything when their receiver %s: what they are of is done, and the stop comes', async (_, start) => {
    const { url, close } = await start();
    const troubles: string[] = [];
    let done = 0;
    const act = async (): Promise<void> => {
      for (let at = 0; at < 5_000; at++)
        await traced({ name: 'claim' }, async () => {
          done += 1;
        });
    };

    await sent(act, { env: { OTEL_EXPORTER_OTLP_ENDPOINT: url, OTEL_EXPORTER_OTLP_TIMEOUT: '100' }, troubles });
    close();

    expect(done).toBe(5_000);
    expect(troubles).toEqual([expect.stringContaining(`could not be sent to ${url.slice('http://'.length)}: `)]);
  });

  it('do not lay what goes wrong with sending at the door of what was done meanwhile', async () => {
    const places: (string | undefined)[] = [];
    process.env.OTEL_EXPORTER_OTLP_ENDPOINT = 'http://127.0.0.1:9';
    const onTrouble = (): void => void places.push(traceparentHere());
    const stop = await startTracing({ service: 'spec', version: '1', mask, onTrouble, patienceMs: 100 });

    await traced({ name: 'around' }, async () => {
      for (let at = 0; at < 600; at++) await traced({ name: 'claim' }, async () => undefined);
      await vi.waitFor(() => expect(places).toHaveLength(1), { timeout: 60_000 });
    });
    await stop?.();

    expect(places).toEqual([undefined]);
  });

  it.each([
    [{}, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' }, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://c:4318/v1/traces' }, true],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_SDK_DISABLED: 'true' }, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318', OTEL_TRACES_EXPORTER: 'none' }, false],
  ])('are wanted as %j says: %s', (env, wanted) => {
    expect(wantsTraces(env)).toBe(wanted);
  });
});

describe('settings of traces', () => {
  const at = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c:4318' };

  it.each([
    [at, undefined],
    [{ ...at, OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf', OTEL_TRACES_EXPORTER: 'console,otlp' }, undefined],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is no address'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://' }, 'OTEL_EXPORTER_OTLP_ENDPOINT is no address'],
    [{ ...at, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'c' }, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is no address'],
    [{ ...at, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'grpc is not spoken'],
    [{ ...at, OTEL_TRACES_EXPORTER: 'zipkin' }, 'zipkin is not known'],
  ])('are judged before anything is loaded: of %j is said %s', (env, said) => {
    expect(unfitTraces(env)).toEqual(said === undefined ? undefined : expect.stringContaining(said));
  });

  it('that cannot be heeded are told, and nothing is sent elsewhere than asked', async () => {
    const troubles: string[] = [];
    const act = () => traced({ name: 'claim' }, async () => undefined);
    const env = { OTEL_TRACES_SAMPLER: 'bogus', OTEL_EXPORTER_OTLP_COMPRESSION: 'zstd' };

    await sent(act, { env, troubles });
    await sent(act, { env: { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: 'not a url' }, troubles });

    expect(troubles).toEqual([
      expect.stringMatching(/^traces: .*OTEL_EXPORTER_OTLP_COMPRESSION.*zstd/),
      expect.stringMatching(/^traces: OTEL_TRACES_SAMPLER value "bogus" invalid/),
      expect.stringContaining('OTEL_EXPORTER_OTLP_ENDPOINT is no address'),
    ]);
    expect(receiver.spans).toHaveLength(1);
  });
});

describe('traceparent', () => {
  it.each([
    [GIVEN, GIVEN],
    [` ${GIVEN} `, GIVEN],
    [`cc${GIVEN.slice(2)}-of a later version`, GIVEN],
    [`${GIVEN}-more`, undefined],
    [`ff${GIVEN.slice(2)}`, undefined],
    [GIVEN.toUpperCase(), undefined],
    [GIVEN.replace(/f/g, 'g'), undefined],
    [`00-${'0'.repeat(32)}-00f067aa0ba902b7-01`, undefined],
    [undefined, undefined],
    [['a', 'b'], undefined],
  ])('is read from %j as the standard says', (header, read) => {
    expect(readTraceparent(header)).toBe(read);
  });
});

/** Like a network that lost the way back. */
async function startSilent() {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

/** The receiver takes nothing of another day. */
const today = (time: string): string => `${new Date().toISOString().slice(0, 10)}${time.slice(10)}`;
