/** An authority of one's own and a server that it vouches for, made by openssl. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { run } from '../../git.fixture.ts';

export interface Certificates {
  /** The file that clients are to trust. */
  readonly authority: string;
  readonly identity: { readonly key: Buffer; readonly cert: Buffer };
}

const KEY = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

export async function makeCertificates(folder: string, names: string): Promise<Certificates> {
  const at = (name: string) => join(folder, name);
  const authority = at('authority.pem');
  await openssl(
    'req',
    '-x509',
    ...KEY,
    '-days',
    '2',
    '-subj',
    '/CN=A team',
    '-keyout',
    at('ca.key'),
    '-out',
    authority,
  );
  await openssl('req', ...KEY, '-subj', '/CN=A server', '-keyout', at('server.key'), '-out', at('server.csr'));
  await writeFile(at('names'), `subjectAltName=${names}\n`);
  const signed = ['-CA', authority, '-CAkey', at('ca.key'), '-CAcreateserial', '-extfile', at('names'), '-days', '2'];
  await openssl('x509', '-req', '-in', at('server.csr'), ...signed, '-out', at('server.pem'));
  const [key, cert] = await Promise.all([readFile(at('server.key')), readFile(at('server.pem'))]);
  return { authority, identity: { key, cert } };
}

const openssl = (...args: string[]): Promise<string> => run('openssl', args);
