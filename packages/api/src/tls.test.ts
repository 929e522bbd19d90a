import { copyFile, readFile, writeFile } from 'node:fs/promises';
import { request } from 'node:https';
import type { TLSSocket } from 'node:tls';
import { temporaryFolder } from '@gityard/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Api } from './index.ts';
import { makeCertificate } from './testing/certificate.ts';
import { apiOf } from './testing/world.ts';

const NAME = 'yard.example';

describe('tls', () => {
  it('serves by a certificate, reminds browsers of it, and sends its cookie over nothing else', async () => {
    const { files, api } = await secured();
    const { hostname, port } = new URL(api.url);
    const host = `${NAME}:${port}`;
    const page = { host, origin: `https://${host}`, 'x-gityard-page': '1', 'content-type': 'application/json' };

    const named = await call(api, '/healthz', { host, trusted: await readFile(files.cert) });
    const here = await call(api, '/healthz', { host: `${hostname}:${port}` });
    const session = await call(api, '/api/v1/session', page, '{"key":"key"}');

    expect(api.url).toMatch(/^https:/);
    expect({ status: named.status, subject: named.subject }).toEqual({ status: 200, subject: NAME });
    expect(named.headers['strict-transport-security']).toBe('max-age=31536000');
    expect(here.headers['strict-transport-security']).toBeUndefined();
    expect(String(session.headers['set-cookie'])).toMatch(/; Secure$/);
  });

  it('takes up a renewed certificate without a restart, and none that does not fit its key', async () => {
    const faults: string[] = [];
    const { files, api, folder } = await secured((error) => void faults.push(error.message));
    const serialNow = async () => (await call(api, '/healthz', { host: NAME })).serial;
    const first = await serialNow();

    await writeFile(files.key, 'half a file');
    await expect.poll(() => faults.length).toBeGreaterThan(0);
    expect(faults[0]).toContain('the one before stays');
    expect(await serialNow()).toBe(first);

    const other = await makeCertificate(folder, NAME);
    await copyFile(other.key, files.key);
    await copyFile(other.cert, files.cert);
    await expect.poll(serialNow).not.toBe(first);
  });

  it('does not begin with files that are no certificate', async () => {
    const { path: folder, remove } = await temporaryFolder();
    onTestFinished(remove);
    const files = await makeCertificate(folder, NAME);
    await writeFile(files.cert, 'x');

    await expect(apiOf({ tls: files })).rejects.toMatchObject({ code: 'USAGE' });
    await expect(apiOf({ tls: { ...files, cert: `${folder}/none` } })).rejects.toMatchObject({ code: 'USAGE' });
  });
});

async function secured(onFault?: (error: Error) => void) {
  const [served, renewed] = [await temporaryFolder(), await temporaryFolder()];
  onTestFinished(async () => {
    await served.remove();
    await renewed.remove();
  });
  const files = { ...(await makeCertificate(served.path, NAME)), watchEveryMs: 50 };
  const api = await apiOf({ tls: files, key: 'key', allowRemote: { hosts: [NAME] }, ...(onFault && { onFault }) });
  return { files, api, folder: renewed.path };
}

/** Each over a connection of its own, which shows what certificate is served now. */
function call(api: Api, path: string, { trusted, ...headers }: { host: string; trusted?: Buffer }, body?: string) {
  const { hostname, port } = new URL(api.url);
  const trust = trusted ? { ca: trusted, servername: NAME } : { rejectUnauthorized: false };
  interface Answer {
    readonly status: number;
    readonly headers: Readonly<Record<string, unknown>>;
    readonly subject: unknown;
    readonly serial: string;
  }
  return new Promise<Answer>((resolve, reject) => {
    const method = body === undefined ? 'GET' : 'POST';
    const asked = request({ hostname, port, path, method, headers, agent: false, ...trust }, (response) => {
      const certificate = (response.socket as TLSSocket).getPeerCertificate();
      response.resume().on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          subject: certificate.subject.CN,
          serial: certificate.serialNumber,
        }),
      );
    });
    asked.on('error', reject).end(body);
  });
}
