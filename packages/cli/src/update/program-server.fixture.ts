/** Where programs come from in specs: files over https, and a registry that npm reads, by a certificate of its own. */
import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { integrityOf } from '@gityard/agent';

export interface ProgramServer {
  readonly origin: string;
  /** The file of its authority. */
  readonly authority: string;
  /** For programs that are to trust it, and for npm. */
  readonly env: Readonly<Record<string, string>>;
  /** From then on the registry has it as its newest. */
  publish(version: string, archive: string): Promise<void>;
  close(): Promise<void>;
}

/** Serves whatever archive lies in the folder. */
export async function startProgramServer(folder: string): Promise<ProgramServer> {
  const [key, authority] = [join(folder, 'server.key'), join(folder, 'server.pem')];
  const sort = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  const names = ['-subj', '/CN=programs', '-addext', 'subjectAltName=IP:127.0.0.1'];
  await promisify(execFile)('openssl', ['req', '-x509', ...sort, ...names, '-keyout', key, '-out', authority]);
  const versions: Record<string, unknown> = {};
  let latest = '';
  const identity = { key: await readFile(key), cert: await readFile(authority) };
  const server = createServer(identity, async ({ url = '' }, response) => {
    if (url === '/registry/gityard') {
      const known = { name: 'gityard', 'dist-tags': { latest }, versions };
      return response.setHeader('content-type', 'application/json').end(JSON.stringify(known));
    }
    const bytes = url.endsWith('.tgz') && (await readFile(join(folder, basename(url))).catch(() => undefined));
    return bytes ? response.end(bytes) : response.writeHead(404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    authority,
    env: {
      NODE_EXTRA_CA_CERTS: authority,
      // Not what this machine has set.
      npm_config_cafile: authority,
      npm_config_fetch_retries: '0',
      npm_config_registry: `${origin}/registry/`,
      npm_config_cache: join(folder, 'npm'),
    },
    async publish(version, archive) {
      const dist = { tarball: `${origin}/${basename(archive)}`, integrity: integrityOf(await readFile(archive)) };
      versions[version] = { name: 'gityard', version, dist };
      latest = version;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
