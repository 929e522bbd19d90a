/**
 * Signs a job as it will stand in the queue. A key without a passphrase signs in this process; any other is left to ssh-keygen,
 * which asks for the passphrase or finds the key in an agent.
 */
import { spawn } from 'node:child_process';
import { type Job, payloadOf, type Validity } from '@gityard/domain';
import { readKeyFile } from './agent-key.ts';
import { privateKeyFrom } from './private-key.ts';
import { ED25519 } from './public-key.ts';
import { JOB_NAMESPACE, signerOf, signSsh } from './ssh-signature.ts';
import { TrustError } from './trust-error.ts';

export type JobSignature = NonNullable<Job['signature']>;

export async function signJob(job: Job, validity: Validity, keyFile: string): Promise<JobSignature> {
  const payload = payloadOf(job, validity);
  const signature = await signed(Buffer.from(payload), keyFile);
  // Checked by the way that agents go, so that nobody finds out in the queue that it is of a kind they do not take.
  const { fingerprint } = signerOf(Buffer.from(payload), signature, JOB_NAMESPACE);
  return { payload, signature, key: fingerprint };
}

async function signed(bytes: Uint8Array, keyFile: string): Promise<string> {
  const isPublic = keyFile.endsWith('.pub');
  const text = isPublic ? '' : await readKeyFile(keyFile);
  if (text === undefined)
    throw new TrustError('NOT_FOUND', `there is no key ${keyFile}`, {
      hint: 'make one with gityard key new, or name another with --signing-key',
    });
  const key = isPublic ? undefined : unlessLocked(text, keyFile);
  return key ? signSsh(bytes, { namespace: JOB_NAMESPACE, key }) : bySshKeygen(bytes, keyFile);
}

/** Of another kind it is for ssh-keygen to know; only then it is found out that agents do not take it. */
function unlessLocked(text: string, keyFile: string) {
  if (!text.includes('OPENSSH PRIVATE KEY'))
    throw new TrustError('INVALID_DATA', `${keyFile} is no private key of OpenSSH`, {
      hint: `one of ${ED25519}: gityard key new`,
    });
  return privateKeyFrom(text, keyFile);
}

function bySshKeygen(bytes: Uint8Array, keyFile: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const args = ['-Y', 'sign', '-q', '-n', JOB_NAMESPACE, '-f', keyFile];
    const child = spawn('ssh-keygen', args, { stdio: ['pipe', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    child.on('error', (cause) =>
      reject(new TrustError('NOT_FOUND', 'ssh-keygen does not start', { cause, hint: 'install OpenSSH' })),
    );
    child.on('close', (code) =>
      code === 0 ? resolve(text) : reject(new TrustError('SIGNATURE', `ssh-keygen did not sign with ${keyFile}`)),
    );
    // It may give up before it has read everything; then its exit code tells.
    child.stdin.on('error', () => undefined);
    child.stdin.end(bytes);
  });
}
