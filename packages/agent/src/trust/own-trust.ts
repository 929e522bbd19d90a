/** Whose signatures count on this machine: `allowed_signers` and `revoked_keys` of its owner, read like the policy. */
import { globMatches } from '@gityard/domain';
import { type OwnedPlaces, readBothOwned, readOwned } from '../home/owned-file.ts';
import { type AllowedSigners, NO_SIGNERS, principalOf, readAllowedSigners } from './allowed-signers.ts';
import { isRevoked, readRevokedKeys } from './revoked-keys.ts';
import { JOB_NAMESPACE, signerOf } from './ssh-signature.ts';

export const SIGNERS_FILE = 'allowed_signers';
export const REVOKED_FILE = 'revoked_keys';

export interface Trust {
  readonly signers: AllowedSigners;
  /** By fingerprint; a key that is revoked anywhere is revoked. */
  readonly revoked: ReadonlySet<string>;
  /** Where the signers stand; null: nobody has named any. */
  readonly path: string | null;
}

export const NO_TRUST: Trust = { signers: NO_SIGNERS, revoked: new Set(), path: null };

export async function readTrust(places: OwnedPlaces): Promise<Trust> {
  const [file, revoked] = await Promise.all([readOwned(places, SIGNERS_FILE), readBothOwned(places, REVOKED_FILE)]);
  return {
    signers: file === undefined ? NO_SIGNERS : readAllowedSigners(file.text),
    revoked: new Set(revoked.flatMap(({ text, path }) => [...readRevokedKeys(text, path)])),
    path: file?.path ?? null,
  };
}

/** Fingerprints of the keys that may sign jobs, for the yard: others need not ask an agent that does not know them. */
export function fingerprintsOf({ signers: { signers }, revoked }: Trust): readonly string[] {
  const forJobs = signers.filter(({ namespaces }) => namespaces?.some((it) => globMatches(it, JOB_NAMESPACE)) ?? true);
  const known = forJobs.map(({ key }) => key).filter((key) => !isRevoked(revoked, key));
  return [...new Set(known.map(({ fingerprint }) => fingerprint))].sort();
}

/** Every line that lets it sign jobs is over. */
export function isExpired({ signers: { signers } }: Trust, fingerprint: string, atMs: number): boolean {
  const lines = signers.filter(({ key }) => key.fingerprint === fingerprint);
  return lines.length > 0 && lines.every(({ validBeforeMs }) => validBeforeMs !== null && atMs >= validBeforeMs);
}

export interface Signed {
  readonly text: string;
  readonly signature: string;
}

/** Whose signature it is; throws what is wrong with it. */
export function trustedSigner(trust: Trust, signed: Signed, occasion: { namespace: string; atMs: number }) {
  const key = signerOf(Buffer.from(signed.text), signed.signature, occasion.namespace);
  if (isRevoked(trust.revoked, key)) return { problem: `the key ${key.fingerprint} is revoked` };
  return principalOf(trust.signers, key, occasion);
}
