import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { bareRepository, declinePushes, pushByHand, temporaryFolder } from '../git.fixture.ts';
import { type Certificates, makeCertificates } from './access/certificates.fixture.ts';
import { type ProxyFixture, startProxy } from './access/proxy.fixture.ts';
import { commit, landed, push, REF, sortOf } from './contract/kit.ts';
import { type TransportWorld, transportContract } from './contract.ts';
import { type HttpBackend, type Seen, startHttpBackend } from './http-backend.fixture.ts';
import { openTransport, type TransportOptions } from './list.ts';

const LOGIN = 'ada:s3cret';
const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`;
const asksFor =
  (login: string) =>
  ({ authorization }: Seen): number | undefined =>
    authorization === basic(login) ? undefined : 401;

/** Nothing of the machine that runs the specs: no home, no settings, no proxy. */
async function bareEnvironment(home: string): Promise<NodeJS.ProcessEnv> {
  const config = join(home, 'gitconfig');
  await writeFile(config, '');
  return { PATH: process.env.PATH, HOME: home, GIT_CONFIG_GLOBAL: config, GIT_CONFIG_NOSYSTEM: '1' };
}

/** A helper of Git that keeps one login in a file, and notes what it was told. */
async function installHelper(home: string): Promise<{ keep(login: string): Promise<void>; told(): Promise<string[]> }> {
  const [helper, kept, notes] = [join(home, 'helper'), join(home, 'kept'), join(home, 'notes')];
  await writeFile(helper, `#!/bin/sh\necho "$1" >> ${notes}\n[ "$1" = get ] && cat ${kept}\nexit 0\n`);
  await chmod(helper, 0o755);
  await writeFile(notes, '');
  await writeFile(join(home, 'gitconfig'), `[credential]\n\thelper = ${helper}\n`);
  return {
    async keep(login) {
      const [user, password] = login.split(':');
      await writeFile(kept, `username=${user}\npassword=${password}\n`);
    },
    told: async () => (await readFile(notes, 'utf8')).split('\n').filter((it) => it !== ''),
  };
}

interface Place {
  readonly home: string;
  readonly env: NodeJS.ProcessEnv;
  readonly backend: HttpBackend;
}

interface Client {
  readonly url?: string;
  readonly options: TransportOptions;
  close?(): Promise<void>;
}

let certificates: Promise<Certificates> | undefined;
let certificatesFolder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  certificatesFolder = await temporaryFolder();
});
afterAll(() => certificatesFolder.remove());

/** Made once: it takes three programs. */
function theCertificates(): Promise<Certificates> {
  certificates ??= makeCertificates(certificatesFolder.path, 'IP:127.0.0.1,DNS:yard.example');
  return certificates;
}

type Arrange = (place: Place) => Promise<Client>;

async function makeWorld(arrange: Arrange, { secure = false } = {}): Promise<TransportWorld> {
  const folder = await temporaryFolder();
  const path = await bareRepository(folder.path);
  const secured = secure ? await theCertificates() : undefined;
  const backend = await startHttpBackend(folder.path, secured);
  const env = { ...(await bareEnvironment(folder.path)), ...(secured && { GIT_SSL_CAINFO: secured.authority }) };
  const { url = backend.url, options, close } = await arrange({ home: folder.path, env, backend });
  return {
    connect: () => openTransport(url, options),
    pushByHand: (ref, file, text) => pushByHand(path, ref, { [file]: text }),
    decline: (text) => declinePushes(path, text),
    async loseNextReply() {
      backend.onPush = async (response, forward) => {
        await forward();
        response.destroy();
      };
    },
    async close() {
      await close?.();
      await backend.close();
      await folder.remove();
    },
  };
}

const withToken: Arrange = async ({ env, backend }) => {
  backend.refuse = asksFor('x-access-token:abc');
  return { options: { env, token: 'abc' } };
};
const withNetrc: Arrange = async ({ home, env, backend }) => {
  backend.refuse = asksFor(LOGIN);
  await writeFile(join(home, '.netrc'), 'machine 127.0.0.1 login ada password s3cret\n');
  return { options: { env } };
};
const withHelper: Arrange = async ({ home, env, backend }) => {
  backend.refuse = asksFor(LOGIN);
  await (await installHelper(home)).keep(LOGIN);
  return { options: { env } };
};
const straight: Arrange = async ({ env }) => ({ options: { env } });
const throughProxy =
  (scheme: 'http' | 'https'): Arrange =>
  async ({ env, backend }) => {
    const proxy = await startProxy(backend.port);
    const options = { env: { ...env, ALL_PROXY: proxy.url } };
    return { url: `${scheme}://yard.example/yard.git`, options, close: proxy.close };
  };
const announcedOnly: Arrange = async ({ env, backend }) => {
  backend.refuse = refusesUnannounced();
  return { options: { env } };
};

/** A host that takes one push for each time that it was asked what it can do. */
function refusesUnannounced(): (request: Seen) => number | undefined {
  let announced = 0;
  return ({ path }) => {
    if (path.endsWith('service=git-receive-pack')) announced += 1;
    if (!path.endsWith('/git-receive-pack')) return undefined;
    if (announced === 0) return 400;
    announced -= 1;
    return undefined;
  };
}

transportContract('http with a token', () => makeWorld(withToken));
transportContract('http with a login in netrc', () => makeWorld(withNetrc));
transportContract('http with a login that a helper of Git keeps', () => makeWorld(withHelper));
transportContract('https by an authority of one’s own', () => makeWorld(straight, { secure: true }));
transportContract('http through a proxy', () => makeWorld(throughProxy('http')));
transportContract('https through a proxy', () => makeWorld(throughProxy('https'), { secure: true }));
transportContract('http to a host that wants pushes announced', () => makeWorld(announcedOnly));

describe('an HTTP server and what lies before it', () => {
  let home: string;
  let remove: () => Promise<void>;
  let backend: HttpBackend;
  let env: NodeJS.ProcessEnv;
  beforeEach(async () => {
    ({ path: home, remove } = await temporaryFolder());
    await bareRepository(home);
    backend = await startHttpBackend(home);
    env = await bareEnvironment(home);
  });
  afterEach(async () => {
    await backend.close();
    await remove();
  });
  const look = (options: TransportOptions = {}, url = backend.url) =>
    openTransport(url, { env, ...options }).readRefs(['refs/']);
  const authorizations = () => backend.requests.map((it) => it.authorization);

  it('uses one connection for operations that follow each other', async () => {
    const transport = openTransport(backend.url, { env });
    const base = await landed(transport, commit({ 'a.json': '1' }));
    await transport.fetchRef({ ref: REF, have: [] });
    await push(transport, commit({ 'a.json': '2' }, base));
    await transport.readRefs(['refs/']);

    expect(backend.requests).toHaveLength(5);
    expect(backend.connections).toBe(1);
    await transport.close();
  });

  describe('that wants a login', () => {
    beforeEach(() => {
      backend.refuse = asksFor(LOGIN);
    });

    it('is told none before it asks, and the same from then on', async () => {
      await writeFile(join(home, '.netrc'), 'machine 127.0.0.1 login ada password s3cret\n');
      const transport = openTransport(backend.url, { env });
      await transport.readRefs(['refs/']);
      await transport.readRefs(['refs/']);

      expect(authorizations()).toEqual([undefined, basic(LOGIN), basic(LOGIN), basic(LOGIN)]);
    });

    it('is told what netrc says before any helper is asked', async () => {
      const helper = await installHelper(home);
      await helper.keep('eve:other');
      await writeFile(join(home, 'logins'), 'machine 127.0.0.1\n  login ada\n  password s3cret\n');
      await look({ env: { ...env, NETRC: join(home, 'logins') } });

      expect(await helper.told()).toEqual([]);
    });

    it('lets the helper know that its login was right, once', async () => {
      const helper = await installHelper(home);
      await helper.keep(LOGIN);
      const transport = openTransport(backend.url, { env });
      await transport.readRefs(['refs/']);
      await transport.readRefs(['refs/']);

      expect(await helper.told()).toEqual(['get', 'store']);
    });

    it('gets a new login from the helper when the old one has run out', async () => {
      const helper = await installHelper(home);
      await helper.keep('ada:old');
      backend.refuse = asksFor('ada:old');
      const transport = openTransport(backend.url, { env });
      await transport.readRefs(['refs/']);
      backend.refuse = asksFor(LOGIN);
      await helper.keep(LOGIN);
      await Promise.all([
        transport.readRefs(['refs/']),
        transport.readRefs(['refs/a']),
        transport.readRefs(['refs/b']),
      ]);

      expect(await helper.told()).toEqual(['get', 'store', 'erase', 'get', 'store']);
    });

    it('is asked no more with a login that it has refused', async () => {
      const helper = await installHelper(home);
      await helper.keep('ada:wrong');

      await expect(look()).rejects.toMatchObject({ code: 'DENIED', hint: expect.stringContaining('GITYARD_TOKEN') });

      expect(authorizations()).toEqual([undefined, basic('ada:wrong')]);
      expect(await helper.told()).toEqual(['get', 'erase', 'get']);
    });

    it('is told no other login when a token was given', async () => {
      await (await installHelper(home)).keep(LOGIN);

      await expect(look({ token: 'void' })).rejects.toMatchObject({ code: 'DENIED' });

      expect(authorizations()).toEqual([basic('x-access-token:void')]);
    });

    it('is told the login of the user that the address names', async () => {
      const text = 'machine 127.0.0.1 login eve password other\nmachine 127.0.0.1 login ada password s3cret\n';
      await writeFile(join(home, '.netrc'), text);

      await expect(look({}, backend.url.replace('//', '//ada@'))).resolves.toEqual(new Map());
    });

    it('shows no login in its refusal', async () => {
      await (await installHelper(home)).keep('ada:wr0ng');

      const error = await look().catch((it: unknown) => it);

      expect(`${error} ${JSON.stringify(error)} ${(error as Error).stack}`).not.toMatch(/wr0ng|YWRhOndyMG5n/);
    });
  });

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
      const { authority, identity } = await theCertificates();
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
    const { identity } = await theCertificates();
    const secure = await startHttpBackend(home, { identity });

    await expect(look({}, secure.url)).rejects.toMatchObject({
      code: 'REMOTE_INVALID',
      hint: expect.stringContaining('http.sslCAInfo'),
    });
    await secure.close();
  });

  it('takes the authority from the settings of Git', async () => {
    const { authority, identity } = await theCertificates();
    const secure = await startHttpBackend(home, { identity });
    await writeFile(join(home, 'gitconfig'), `[http]\n\tsslCAInfo = ${authority}\n`);

    await expect(look({}, secure.url)).resolves.toEqual(new Map());
    await secure.close();
  });

  it('is sent one push in vain when it wants pushes announced, and none later', async () => {
    backend.refuse = refusesUnannounced();
    const transport = openTransport(backend.url, { env });
    let base = await landed(transport, commit({ 'a.json': '0' }));
    for (const text of ['1', '2', '3', '4', '5']) base = await landed(transport, commit({ 'a.json': text }, base));

    expect(backend.requests.filter((it) => it.status === 400)).toHaveLength(1);
  });

  it('is sent no push that its announcement shows to be late', async () => {
    backend.refuse = refusesUnannounced();
    const transport = openTransport(backend.url, { env });
    const base = await landed(transport, commit({ 'a.json': '1' }));
    await landed(transport, commit({ 'a.json': '2' }, base));
    backend.requests.length = 0;

    const late = await push(transport, commit({ 'a.json': '3' }, base));

    expect(sortOf(late)).toBe('conflict');
    expect(backend.requests.map((it) => it.method)).toEqual(['GET']);
  });

  it('tells of a push that is refused also when it was announced, and changes its ways for none', async () => {
    backend.refuse = ({ path }) => (path.endsWith('/git-receive-pack') ? 422 : undefined);
    const transport = openTransport(backend.url, { env });

    await expect(push(transport, commit({ 'a.json': '1' }))).rejects.toMatchObject({
      code: 'REMOTE_INVALID',
      message: expect.stringContaining('HTTP 422'),
      mayHaveLanded: false,
    });
    backend.refuse = undefined;
    backend.requests.length = 0;
    await landed(transport, commit({ 'a.json': '1' }));
    expect(backend.requests.map((it) => it.method)).toEqual(['POST']);
  });
});
