/** A certificate that vouches for itself, and its key, made by openssl into two files of a folder. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TlsFiles } from '../tls.ts';

const run = promisify(execFile);
const KIND = ['-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];

export async function makeCertificate(folder: string, name: string): Promise<TlsFiles> {
  const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const names = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`];
  await run('openssl', ['req', ...KIND, ...names, '-keyout', key, '-out', cert]);
  return { cert, key };
}
