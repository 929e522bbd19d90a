import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect, createServer as createTcpServer, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { download } from './download.ts';
import { temporaryFolder } from './git.fixture.ts';
import { type Certificates, makeCertificates } from './transports/access/certificates.fixture.ts';
import { type ProxyFixture, startProxy } from './transports/access/proxy.fixture.ts';
import { bareEnvironment } from './transports/access/settings.fixture.ts';

const WHOLE = Buffer.from('all of it');

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let certificates: Certificates;
let server: Server;
let proxy: ProxyFixture;
let origin: string;
let env: NodeJS.ProcessEnv;
beforeAll(async () => {
  folder = await temporaryFolder();
  certificates = await makeCertificates(folder.path, 'IP:127.0.0.1,DNS:files.example');
  server = createServer(certificates.identity, ({ url }, response) => {
    const [, path, to] = /^\/(\w+)(?:\?to=(.*))?$/.exec(url ?? '') ?? [];
    if (path === 'whole') return response.end(WHOLE);
    if (path === 'moved') return response.writeHead(302, { location: decodeURIComponent(to ?? '') }).end();
    if (path === 'loop') return response.writeHead(302, { location: '/loop' }).end();
    if (path === 'announced') return response.writeHead(200, { 'content-length': 1e12 }).flushHeaders();
    if (path === 'endless') return more();
    if (path === 'silent') return response.writeHead(200, { 'content-length': 100 }).write('begun');
    if (path === 'cut')
      return response.writeHead(200, { 'content-length': 100 }).write('begun', () => response.destroy());
    return response.writeHead(path === 'secret' ? 403 : 404).end();

    function more(): void {
      while (!response.destroyed && response.write(Buffer.alloc(10_000)));
      if (!response.destroyed) response.once('drain', more);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  origin = `https://127.0.0.1:${port}`;
  proxy = await startProxy(port);
  env = { ...(await bareEnvironment(folder.path)), GIT_SSL_CAINFO: certificates.authority };
});
afterAll(async () => {
  await proxy.close();
  server.close().closeAllConnections();
  await folder.remove();
});

const get = (path: string, more: Partial<Parameters<typeof download>[1]> = {}) =>
  download(path.startsWith('/') ? `${origin}${path}` : path, { env, mostBytes: 100_000, ...more });
const moved = (to: string) => `/moved?to=${encodeURIComponent(to)}`;

describe('a file from an https server', () => {
  it('comes whole, from wherever the server sends us, and through the proxy that is set', async () => {
    expect(await get('/whole')).toEqual(WHOLE);
    expect(await get(moved(moved('/whole')))).toEqual(WHOLE);
    expect(await get('https://files.example/whole', { env: { ...env, HTTPS_PROXY: proxy.url } })).toEqual(WHOLE);
    expect(proxy.tunnels).toEqual(['files.example:443']);
  });

  it.each([
    ['is not there', '/nothing', 'REMOTE_INVALID', /answered with HTTP 404/],
    ['is not for us', '/secret', 'DENIED', /answered with HTTP 403/],
    ['has moved into the clear', moved('http://127.0.0.1/whole'), 'REMOTE_INVALID', /an address that is not https/],
    ['has moved to this disk', moved('file:///etc/passwd'), 'REMOTE_INVALID', /an address that is not https/],
    ['has moved to no address', moved('https://'), 'REMOTE_INVALID', /an address that is not https/],
    ['moves for ever', '/loop', 'REMOTE_INVALID', /on and on/],
    ['says that it is too large', '/announced', 'REMOTE_INVALID', /larger than 100000 bytes/],
    ['never ends', '/endless', 'REMOTE_INVALID', /larger than 100000 bytes/],
    ['ends half-way', '/cut', 'REMOTE_UNREACHABLE', /its answer ended half-way/],
    ['is nowhere', 'https://127.0.0.1:1/x', 'REMOTE_UNREACHABLE', /ECONNREFUSED/],
    ['lies in the clear', 'http://127.0.0.1/x', 'REMOTE_INVALID', /no https address/],
  ])('that %s is none', async (_, path, code, message) => {
    await expect(get(path)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });

  it('is waited for byte by byte once the connection stands, which has a time of its own', async () => {
    const slowly = createTcpServer((client) => void setTimeout(() => joined(client), 200));
    await new Promise<void>((resolve) => slowly.listen(0, '127.0.0.1', resolve));
    const { port } = slowly.address() as AddressInfo;

    const silent = get(`https://127.0.0.1:${port}/silent`, { idleMs: 50 });

    await expect(silent).rejects.toMatchObject({ code: 'TIMEOUT' });
    slowly.close();
  });

  it('whose server falls silent half-way is given up, and one that nobody vouches for is not asked', async () => {
    await expect(get('/silent', { idleMs: 50 })).rejects.toMatchObject({ code: 'TIMEOUT' });
    await expect(get('/whole', { env: { ...env, GIT_SSL_CAINFO: '' } })).rejects.toMatchObject({
      code: 'REMOTE_INVALID',
      message: expect.stringContaining('not trusted'),
      hint: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
    });
  });
});

/** To the server, whichever side leaves first. */
function joined(client: Socket): void {
  const onward = connect((server.address() as AddressInfo).port, '127.0.0.1');
  for (const it of [client, onward])
    it.on('error', () => undefined).on('close', () => (it === client ? onward : client).destroy());
  client.pipe(onward).pipe(client);
}
