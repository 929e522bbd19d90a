/** A registry that has one package in one version, as npm asks for it. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Registry {
  readonly url: string;
  close(): Promise<void>;
}

export async function startRegistry(name: string, version: string, archive: Buffer): Promise<Registry> {
  const server = createServer((request, response) => {
    if (request.url === '/archive.tgz') return response.end(archive);
    if (request.url !== `/${name}`) return response.writeHead(404).end('{}');
    const tarball = `http://${request.headers.host}/archive.tgz`;
    const integrity = `sha512-${createHash('sha512').update(archive).digest('base64')}`;
    const versions = { [version]: { name, version, dist: { tarball, integrity } } };
    return response
      .setHeader('content-type', 'application/json')
      .end(JSON.stringify({ name, 'dist-tags': { latest: version }, versions }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
