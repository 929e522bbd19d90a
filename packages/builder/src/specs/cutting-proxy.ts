/** A wire that can be cut: passes bytes on to a server until so many went one way, then breaks, and lets nobody in until it is mended. */
import { connect, createServer, type Socket } from 'node:net';
import type { Running } from './programs.ts';

export interface CuttingProxy extends Running {
  readonly port: number;
  /** Bytes that clients sent since this was said last. */
  sent(): number;
  cutAfter(bytes: number): void;
  cut(): void;
  mend(): void;
}

export async function startCuttingProxy(target: number): Promise<CuttingProxy> {
  const open = new Set<Socket>();
  let left = Number.POSITIVE_INFINITY;
  let sent = 0;
  const cut = () => {
    left = 0;
    for (const it of open) it.destroy();
  };
  const server = createServer((client) => {
    if (left <= 0) return void client.destroy();
    const upstream = connect(target, '127.0.0.1');
    for (const it of [client, upstream]) {
      open.add(it);
      it.on('error', () => undefined).on('close', () => [client, upstream].forEach((both) => void both.destroy()));
      it.on('close', () => open.delete(it));
    }
    client.on('data', (chunk) => {
      sent += chunk.length;
      left -= chunk.length;
      if (left <= 0) cut();
      else upstream.write(chunk);
    });
    upstream.pipe(client);
  });
  const port = await new Promise<number>((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
  );
  return {
    port,
    sent() {
      const before = sent;
      sent = 0;
      return before;
    },
    cutAfter: (bytes) => {
      left = bytes;
    },
    cut,
    mend: () => {
      left = Number.POSITIVE_INFINITY;
    },
    stop: () =>
      new Promise((resolve) => {
        cut();
        server.close(() => resolve());
      }),
  };
}
