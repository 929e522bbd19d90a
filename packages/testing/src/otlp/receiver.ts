/** A receiver of traces as a collector is one: OTLP over HTTP at /v1/traces, which refuses whatever breaks the protocol. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { decodeTraces } from './decode-traces.ts';
import { type ReceivedSpan, spansIn } from './received-span.ts';

export interface OtlpReceiver {
  /** For OTEL_EXPORTER_OTLP_ENDPOINT. */
  readonly url: string;
  readonly spans: readonly ReceivedSpan[];
  /** Why requests were refused. */
  readonly faults: readonly string[];
  readonly requests: number;
  /** What came, as it came. */
  readonly text: string;
  close(): Promise<void>;
}

export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = [];
  const faults: string[] = [];
  const bodies: Buffer[] = [];
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // Whoever sends may be killed in the middle, which is no fault of the protocol.
    const body = await bodyOf(request).catch(() => undefined);
    if (body === undefined) return void response.destroy();
    bodies.push(body);
    try {
      spans.push(...(await received(request, body)));
      answer(response, 200, '{}');
    } catch (error) {
      faults.push((error as Error).message);
      answer(response, 400, JSON.stringify({ message: (error as Error).message }));
    }
  };
  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    faults,
    get requests() {
      return bodies.length;
    },
    get text() {
      return Buffer.concat(bodies).toString('latin1');
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function received({ method, url, headers }: IncomingMessage, body: Buffer): Promise<ReceivedSpan[]> {
  if (method !== 'POST' || url !== '/v1/traces') throw new Error(`${method} ${url} is nothing of OTLP`);
  const type = headers['content-type'] ?? '';
  if (!/^application\/(?:json|x-protobuf)/.test(type)) throw new Error(`${type} is no form of OTLP`);
  const plain = headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
  return spansIn(await decodeTraces(plain, type));
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function answer(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}
