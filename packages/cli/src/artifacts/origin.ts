/**
 * Whether artifacts come from where they are said to: the signature of the agent that built them, what it signed, and what the
 * history of the yard says of that build. Each is a check of its own; what cannot be looked up is unknown, and not wrong.
 */
import type { Provenance, PublicKey } from '@gityard/agent';
import { type Attestation, canonicalText, type Manifest } from '@gityard/domain';
import type { JobEnding } from '@gityard/yard';

export interface Check {
  readonly name: 'digest' | 'signature' | 'provenance' | 'history';
  readonly result: 'ok' | 'failed' | 'unknown';
  readonly text: string;
}

export interface Ground {
  readonly manifest: Manifest;
  readonly attestation: Attestation | undefined;
  /** Of the agent; a sentence on why none is known. */
  readonly key: PublicKey | string;
  /** A sentence on why nothing could be looked up. */
  readonly ending: JobEnding | string;
}

type Result = Omit<Check, 'name'>;
const ok = (text: string): Result => ({ result: 'ok', text });
const failed = (text: string): Result => ({ result: 'failed', text });
const unknown = (text: string): Result => ({ result: 'unknown', text });

export async function checkOrigin(ground: Ground): Promise<readonly Check[]> {
  const { opened } = await import('@gityard/agent');
  const { attestation, key } = ground;
  const isKnown = attestation !== undefined && typeof key !== 'string';
  const statement = isKnown ? opened(attestation.envelope, key) : undefined;
  return [
    { name: 'signature', ...signatureCheck(ground, statement) },
    { name: 'provenance', ...(await provenanceCheck(ground, statement)) },
    { name: 'history', ...historyCheck(ground) },
  ];
}

function signatureCheck({ attestation, key, manifest }: Ground, statement: string | undefined): Result {
  if (!attestation) return unknown('nobody signed where they come from');
  if (typeof key === 'string') return unknown(key);
  const who = `${manifest.agent}, ${key.fingerprint}`;
  return statement === undefined ? failed(`it is not by the key of ${who}`) : ok(`by ${who}`);
}

async function provenanceCheck({ attestation, manifest }: Ground, statement: string | undefined): Promise<Result> {
  if (!attestation) return unknown('there is no statement of where they come from');
  if (statement === undefined) return unknown('what is not signed says nothing');
  const { provenanceIn } = await import('@gityard/agent');
  const provenance = provenanceIn(statement);
  if (!provenance) return failed('the signed statement is no SLSA provenance');
  const wrong = (await strayArtifact(provenance, manifest)) ?? strayOrigin(provenance, manifest);
  if (wrong !== undefined) return failed(wrong);
  return ok(`built by ${manifest.agent} ${originText(provenance)}`);
}

function originText({ repository, commit, isolation, sbom }: Provenance): string {
  const where = `from ${repository ?? 'no repository'}${commit === null ? '' : ` at ${commit}`}`;
  const kept = isolation === null ? '' : `, isolation ${isolation}`;
  return `${where}${kept}${sbom === null ? '' : `, bill of materials sha256 ${sbom}`}`;
}

/** Each by its own digest, or all by that of their manifest. */
async function strayArtifact({ subjects }: Provenance, manifest: Manifest): Promise<string | undefined> {
  const { MANIFEST_SUBJECT, manifestDigest } = await import('@gityard/agent');
  const digests = new Map(subjects.map(({ name, digest }) => [name, digest.sha256]));
  if (digests.get(MANIFEST_SUBJECT) === manifestDigest(manifest)) return undefined;
  const stray = manifest.artifacts.find(({ path, sha256 }) => digests.get(path) !== sha256);
  return stray && `it says nothing of ${stray.path} with that digest`;
}

function strayOrigin({ builder, invocation, commit }: Provenance, { agent, job, token, ...manifest }: Manifest) {
  if (!builder.endsWith(`:agent:${agent}`)) return `it is of ${builder}, not of ${agent}`;
  if (invocation !== `${job}/${token}`) return `it is of the attempt ${invocation}, not of ${job}/${token}`;
  return commit !== null && commit !== manifest.commit
    ? `it is of commit ${commit}, not of ${manifest.commit}`
    : undefined;
}

function historyCheck({ manifest, attestation, ending }: Ground): Result {
  if (typeof ending === 'string') return unknown(ending);
  const { commit } = ending;
  if (!ending.manifest) return failed(`the job ended at ${commit} without artifacts`);
  if (!isSame(ending.manifest, manifest))
    return failed(`the manifest is not the one with which the job ended at ${commit}`);
  if (attestation && !isSame(ending.attestation, attestation))
    return failed(`the attestation is not the one with which the job ended at ${commit}`);
  return ok(`as the job ended at ${commit}, and not changed since`);
}

const isSame = (a: unknown, b: unknown): boolean => canonicalText(a ?? null) === canonicalText(b ?? null);
