import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { temporaryFolder } from '../../git.fixture.ts';
import { type HttpBackend, startHttpBackend } from '../http-backend.fixture.ts';
import { openTransport, type TransportOptions } from '../list.ts';
import { type Certificates, makeCertificates } from './certificates.fixture.ts';
import { type ProxyFixture, startProxy } from './proxy.fixture.ts';
import { loneBackend } from './settings.fixture.ts';

let certificates: Certificates;
let certificatesFolder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  certificatesFolder = await temporaryFolder();
  certificates = await makeCertificates(certificatesFolder.path, 'IP:127.0.0.1,DNS:yard.example');
});
afterAll(() => certificatesFolder.remove());

describe('the way to an HTTP server', () => {
  let home: string;
  let backend: HttpBackend;
  let env: NodeJS.ProcessEnv;
  beforeEach(async () => {
    const made = await loneBackend();
    ({ home, backend, env } = made);
    return made.close;
  });
  const look = (options: TransportOptions = {}, url = backend.url) =>
    openTransport(url, { env, ...options }).readRefs(['refs/']);

  describe('behind a proxy', () => {
    let proxy: ProxyFixture;
    beforeEach(async () => {
      proxy = await startProxy(backend.port);
    });
    afterEach(() => proxy.close());
    const url = 'http://yard.example/yard.git';

    it.each([
      ['HTTP_PROXY', (it: string) => ({ HTTP_PROXY: it })],
      ['http_proxy', (it: string) => ({ http_proxy: it, HTTP_PROXY: 'http://127.0.0.1:1' })],
      ['all_proxy', (it: string) => ({ all_proxy: it, NO_PROXY: 'example, other.example' })],
    ])('is reached by %s', async (_, variables) => {
      env = { ...env, ...variables(proxy.url), no_proxy: 'nothing.example' };
      await look({}, url);

      expect(proxy.requests).toEqual(['yard.example', 'yard.example']);
    });

    it('is reached by the proxy that Git was told of for it', async () => {
      await writeFile(join(home, 'gitconfig'), `[http "http://yard.example"]\n\tproxy = ${proxy.url}\n`);
      await look({ env: { ...env, HTTP_PROXY: 'http://127.0.0.1:1' } }, url);

      expect(proxy.requests).toHaveLength(2);
    });

    it('uses its connection to the proxy again', async () => {
      const transport = openTransport(url, { env: { ...env, HTTP_PROXY: proxy.url } });
      await transport.readRefs(['refs/']);
      await transport.readRefs(['refs/']);

      expect(proxy.requests).toHaveLength(3);
      await transport.close();
    });

    it('keeps one tunnel for operations that follow each other', async () => {
      const { authority, identity } = certificates;
      const secure = await startHttpBackend(home, { identity });
      const way = await startProxy(secure.port);
      const all = { ...env, HTTPS_PROXY: way.url, GIT_SSL_CAINFO: authority };
      const transport = openTransport('https://yard.example/yard.git', { env: all });
      await transport.readRefs(['refs/']);
      await transport.readRefs(['refs/']);

      expect(way.tunnels).toEqual(['yard.example:443']);
      await transport.close();
      await way.close();
      await secure.close();
    });

    it.each(['http', 'https'])('that wants a login gets the one of its address, or says so (%s)', async (scheme) => {
      proxy.login = 'pam:p@ss';
      const there = `${scheme}://yard.example/yard.git`;
      const withLogin = proxy.url.replace('//', '//pam:p%40ss@');

      await expect(look({ env: { ...env, ALL_PROXY: proxy.url } }, there)).rejects.toMatchObject({
        code: 'DENIED',
        message: expect.stringContaining('proxy'),
      });
      // Behind the tunnel no https server waits here; that the proxy let us in is what counts.
      const answer = await look({ env: { ...env, ALL_PROXY: withLogin } }, there).catch((it: unknown) => it);
      expect(`${answer}`).not.toMatch(/HTTP 407|p@ss|p%40ss/);
      expect(proxy.requests.length + proxy.tunnels.length).toBeGreaterThan(0);
    });

    it('is not looked for on this machine itself', async () => {
      await look({ env: { ...env, ALL_PROXY: proxy.url } });

      expect(proxy.requests).toEqual([]);
      expect(backend.requests).toHaveLength(2);
    });
  });

  it('says which proxy does not answer, and which it cannot use', async () => {
    const there = 'https://yard.example/yard.git';
    await expect(look({ env: { ...env, https_proxy: 'http://127.0.0.1:1' } }, there)).rejects.toMatchObject({
      code: 'REMOTE_UNREACHABLE',
      message: expect.stringContaining('the proxy 127.0.0.1:1'),
    });
    await expect(look({ env: { ...env, https_proxy: 'socks5://me:s3cret@host' } }, there)).rejects.toMatchObject({
      code: 'REMOTE_INVALID',
      message: expect.stringMatching(/^[^@]*socks5:\/\/ is not supported$/),
    });
  });

  it('trusts no authority that nobody named, and says how to name it', async () => {
    const { identity } = certificates;
    const secure = await startHttpBackend(home, { identity });

    await expect(look({}, secure.url)).rejects.toMatchObject({
      code: 'REMOTE_INVALID',
      hint: expect.stringContaining('http.sslCAInfo'),
    });
    await secure.close();
  });

  it('takes the authority from the settings of Git', async () => {
    const { authority, identity } = certificates;
    const secure = await startHttpBackend(home, { identity });
    await writeFile(join(home, 'gitconfig'), `[http]\n\tsslCAInfo = ${authority}\n`);

    await expect(look({}, secure.url)).resolves.toEqual(new Map());
    await secure.close();
  });
});
