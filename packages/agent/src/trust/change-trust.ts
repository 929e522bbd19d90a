/** `gityard key trust` and `key revoke`: whose signatures count on this machine. Changes the owner's own files, never the yard. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeDurably } from '@gityard/yard';
import { AgentError } from '../agent-error.ts';
import { type OwnedPlaces, readOwned, systemFolder } from '../home/owned-file.ts';
import { readAllowedSigners } from './allowed-signers.ts';
import { REVOKED_FILE, SIGNERS_FILE } from './own-trust.ts';
import { lineOfKey, type PublicKey } from './public-key.ts';
import { readRevokedKeys } from './revoked-keys.ts';
import { JOB_NAMESPACE } from './ssh-signature.ts';
import { TrustError } from './trust-error.ts';

export interface Trusted {
  readonly key: PublicKey;
  readonly principal: string;
  /** null: for good. */
  readonly validBeforeMs: number | null;
}

/** As OpenSSH has it, good for signed jobs and for nothing else. */
export function signerLine({ key, principal, validBeforeMs }: Trusted): string {
  const name = /^[^\s"#]+$/.test(principal) ? principal : `"${principal.replaceAll('"', '')}"`;
  const until = validBeforeMs === null ? '' : `,valid-before="${stampOf(validBeforeMs)}"`;
  return `${name} namespaces="${JOB_NAMESPACE}"${until} ${lineOfKey(key, key.comment)}`;
}

const stampOf = (ms: number): string =>
  `${new Date(ms)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:T]/g, '')}Z`;

/** A key that stands there already gets the new line instead of the old one. */
export async function trustKey(places: OwnedPlaces, trusted: Trusted): Promise<string> {
  const path = await ownPath(places, SIGNERS_FILE);
  const text = (await readOwned(places, SIGNERS_FILE))?.text ?? '';
  const same = readAllowedSigners(text).signers.filter((it) => it.key.blob.equals(trusted.key.blob));
  const old = new Set(same.map((it) => it.line));
  const kept = rowsOf(text).filter((_, at) => !old.has(at + 1));
  await writeDurably(path, [...kept, signerLine(trusted), ''].join('\n'));
  return path;
}

/** By fingerprint: the key itself may be the one that was lost. False: it was revoked already. */
export async function revokeKey(places: OwnedPlaces, fingerprint: string): Promise<boolean> {
  const path = join(places.home, REVOKED_FILE);
  const own = await readOwned({ ...places, system: places.home }, REVOKED_FILE);
  if (readRevokedKeys(own?.text ?? '', path).has(fingerprint)) return false;
  await writeDurably(path, [...rowsOf(own?.text ?? ''), fingerprint, ''].join('\n'));
  return true;
}

/** What a person means by a principal, a fingerprint or its beginning, among the keys that are trusted here. */
export async function fingerprintMeant(places: OwnedPlaces, word: string): Promise<string> {
  const { signers } = readAllowedSigners((await readOwned(places, SIGNERS_FILE))?.text ?? '');
  const meant = signers.filter((it) => it.principals === word || it.key.fingerprint.startsWith(word));
  const [first, ...others] = [...new Set(meant.map((it) => it.key.fingerprint))];
  if (first === undefined)
    throw new TrustError('NOT_FOUND', `${word} is no key that this machine trusts`, {
      hint: 'gityard key show lists them',
    });
  if (others.length > 0)
    throw new TrustError('NOT_FOUND', `${word} may be ${[first, ...others].join(' or ')}`, {
      hint: 'write one of them',
    });
  return first;
}

const rowsOf = (text: string): string[] =>
  text
    .replace(/\n+$/, '')
    .split('\n')
    .filter((row, _, all) => row !== '' || all.length > 1);

async function ownPath({ home, system = systemFolder() }: OwnedPlaces, name: string): Promise<string> {
  const ruling = join(system, name);
  const own = join(home, name);
  const isThere = await stat(ruling).then(
    () => true,
    () => false,
  );
  if (isThere)
    throw new AgentError(
      'DENIED',
      `whose jobs may run here stands in ${ruling}, which wins over ${own}; change that file`,
    );
  return own;
}
