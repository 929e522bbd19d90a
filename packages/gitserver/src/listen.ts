/** Opens a Node HTTP server on a host and port, and says under which URL it can be reached. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { GitServerError } from './errors.ts';

export async function listen(server: Server, { host, port }: { host: string; port: number }): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause) => reject(unavailable(`${host} port ${port}`, cause)));
    // A URL writes an IPv6 address in brackets, a socket without.
    server.listen({ host: host.replace(/^\[(.*)\]$/, '$1'), port }, resolve);
  });
  const { address, family, port: actualPort } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${actualPort}`;
}

function unavailable(place: string, cause: Error): GitServerError {
  return new GitServerError('PORT_UNAVAILABLE', `cannot listen on ${place}: ${cause.message}; choose another port`, {
    cause,
  });
}
