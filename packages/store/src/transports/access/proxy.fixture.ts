/** A proxy for specs: plain requests and CONNECT, to one server whatever the host is called. Counts, and asks for a login. */
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';

export interface ProxyFixture {
  /** Without a login. */
  readonly url: string;
  /** Hosts that plain requests were for, and those of tunnels: in their order. */
  readonly requests: string[];
  readonly tunnels: string[];
  /** `user:password`; others are turned away. */
  login: string | undefined;
  close(): Promise<void>;
}

export async function startProxy(port: number): Promise<ProxyFixture> {
  const open = new Set<Socket>();
  const server = createServer((asked, response) => forward(asked, response));
  server.on('connect', (asked: IncomingMessage, client: Socket) => tunnel(asked, client));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: ProxyFixture = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests: [],
    tunnels: [],
    login: undefined,
    close() {
      for (const socket of open) socket.destroy();
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
  const mayPass = ({ headers }: IncomingMessage): boolean =>
    proxy.login === undefined ||
    headers['proxy-authorization'] === `Basic ${Buffer.from(proxy.login).toString('base64')}`;

  function forward(asked: IncomingMessage, response: ServerResponse): void {
    if (!mayPass(asked)) return void response.writeHead(407).end();
    const target = new URL(asked.url ?? '');
    proxy.requests.push(target.host);
    const { 'proxy-authorization': _, ...headers } = asked.headers;
    const path = `${target.pathname}${target.search}`;
    const onward = request({ host: '127.0.0.1', port, path, method: asked.method, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response).on('error', () => response.destroy());
      answer.on('error', () => response.destroy());
    });
    onward.on('error', () => response.destroy());
    asked.pipe(onward);
  }

  function tunnel(asked: IncomingMessage, client: Socket): void {
    if (!mayPass(asked)) return void client.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    proxy.tunnels.push(asked.url ?? '');
    const server = connect(port, '127.0.0.1', () => client.write('HTTP/1.1 200 Connection established\r\n\r\n'));
    for (const [from, to] of [
      [client, server],
      [server, client],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
    }
  }

  return proxy;
}
