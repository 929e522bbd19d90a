import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';

import { bareRepository, declinePushes, pushByHand, temporaryFolder } from '../git.fixture.ts';
import { type Certificates, makeCertificates } from './access/certificates.fixture.ts';
import { startProxy } from './access/proxy.fixture.ts';
import { asksFor, bareEnvironment, installHelper, LOGIN, refusesUnannounced } from './access/settings.fixture.ts';
import { type TransportWorld, transportContract } from './contract.ts';
import { type HttpBackend, startHttpBackend } from './http-backend.fixture.ts';
import { openTransport, type TransportOptions } from './list.ts';

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

transportContract('http with a token', () => makeWorld(withToken));
transportContract('http with a login in netrc', () => makeWorld(withNetrc));
transportContract('http with a login that a helper of Git keeps', () => makeWorld(withHelper));
transportContract('https by an authority of one’s own', () => makeWorld(straight, { secure: true }));
transportContract('http through a proxy', () => makeWorld(throughProxy('http')));
transportContract('https through a proxy', () => makeWorld(throughProxy('https'), { secure: true }));
transportContract('http to a host that wants pushes announced', () => makeWorld(announcedOnly));
