/** What pretended hosts have in common: an answer worked out of a request, over real HTTP or without any network. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface HostRequest {
  readonly method: string;
  readonly url: URL;
  readonly headers: Headers;
  readonly body: string;
  /** The network that it comes from: hosts count by it. */
  readonly ip: string;
}
export interface HostAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array;
}
export type Host = (request: HostRequest) => Promise<HostAnswer>;

export interface Listening {
  readonly url: string;
  close(): Promise<void>;
}

export async function listen(host: Host): Promise<Listening> {
  const underWay = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    // Whoever asked may go before the last word of the question, as all do when this closes.
    const answering = answerTo(request, response, host).catch(() => void response.destroy());
    underWay.add(answering);
    void answering.finally(() => underWay.delete(answering));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      // What they read may be removed next.
      await Promise.all(underWay);
    },
  };
}

async function answerTo(request: IncomingMessage, response: ServerResponse, host: Host): Promise<void> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) if (value !== undefined) headers.set(name, `${value}`);
  const { method = 'GET', url = '/' } = request;
  const asked = { method, url: new URL(url, 'http://host'), headers, body: await text(request), ip: '127.0.0.1' };
  const answer = await host(asked).catch((error: unknown) => ({ status: 500, headers: {}, body: String(error) }));
  response.writeHead(answer.status, answer.headers).end(answer.status === 304 ? undefined : answer.body);
}
