/** Looks up what the origin of artifacts is judged by: in files that were named, else in the yard and its history. */
import { resolve } from 'node:path';
import type { PublicKey } from '@gityard/agent';
import { type Attestation, type Manifest, validate } from '@gityard/domain';
import { endOfJob, findArchived, type JobEnding, readJson, type Yard } from '@gityard/yard';
import type { Context } from '../context.ts';
import { CliError } from '../errors.ts';
import { readFileUpTo } from '../read-up-to.ts';
import type { Ground } from './origin.ts';

export interface Named {
  readonly attestation: string | undefined;
  readonly signers: string | undefined;
}

const MOST_BYTES = 2 << 20;

/** With both files named, no yard is asked for anything but the history, and that may be away. */
export async function groundFor(context: Context, manifest: Manifest, named: Named): Promise<Ground> {
  const yard = await context.yard().catch((error: Error) => error.message);
  const ending = typeof yard === 'string' ? yard : await endingOf(yard, manifest.job);
  const attestation =
    named.attestation === undefined
      ? typeof yard === 'string'
        ? undefined
        : attestationIn(yard, manifest.job)
      : await readAttestation(resolve(context.io.cwd, named.attestation));
  const key =
    named.signers === undefined
      ? await registeredKey(manifest, ending)
      : await namedKey(resolve(context.io.cwd, named.signers), manifest.agent);
  return { manifest, attestation, key, ending };
}

async function endingOf(yard: Yard, jobId: string): Promise<JobEnding | string> {
  try {
    return (await endOfJob(yard, jobId)) ?? `the history tells of no end of ${jobId}`;
  } catch (error) {
    return `the history cannot be read: ${(error as Error).message}`;
  }
}

function attestationIn(yard: Yard, jobId: string): Attestation | undefined {
  const open = yard.state.attestations.get(jobId);
  if (open) return open;
  const archived = findArchived(yard, 'attestation', jobId);
  return archived.ok && archived.value.job === jobId ? archived.value : undefined;
}

async function readAttestation(path: string): Promise<Attestation> {
  const bytes = await readFileUpTo(path, { mostBytes: MOST_BYTES, what: 'the attestation' });
  const read = bytes && readJson(bytes, MOST_BYTES);
  const checked = read?.ok ? validate('attestation', read.value) : undefined;
  if (checked?.ok) return checked.value;
  throw new CliError('INVALID_DATA', `${path} is no attestation`, {
    hint: 'take shared/attestations/…/<job>.json of the yard',
  });
}

/** As much of a manifest as an attestation tells without its yard: that one file, from where it says that it comes. */
export async function manifestToldOf(path: string, sha256: string): Promise<Manifest> {
  const { job, agent, token, createdAt, envelope } = await readAttestation(path);
  const { provenanceIn } = await import('@gityard/agent');
  const told = provenanceIn(Buffer.from(envelope.payload, 'base64').toString('utf8'));
  const subject = told?.subjects.find((it) => it.digest.sha256 === sha256);
  if (!told || !subject)
    throw new CliError('NOT_FOUND', `${path} says nothing of a file with sha256 ${sha256}`, {
      hint: 'it was changed, or is of another build',
    });
  const artifact = { name: subject.name, path: subject.name, sizeBytes: 0, sha256 };
  const checked = validate('manifest', { job, agent, token, createdAt, commit: told.commit, artifacts: [artifact] });
  if (checked.ok) return checked.value;
  throw new CliError('INVALID_DATA', `${path} is no attestation of a build: ${checked.reason}`, {
    hint: 'take shared/attestations/…/<job>.json of the yard',
  });
}

/** That of the commit by which the job ended: an agent may have got another since. */
async function registeredKey({ agent }: Manifest, ending: JobEnding | string): Promise<PublicKey | string> {
  if (typeof ending === 'string') return `the key of ${agent} is not known: ${ending}`;
  if (ending.publicKey === null) return `the yard knew no key of ${agent} when the job ended`;
  const { publicKeyFrom } = await import('@gityard/agent');
  return publicKeyFrom(ending.publicKey);
}

async function namedKey(path: string, agent: string): Promise<PublicKey | string> {
  const { readAllowedSigners } = await import('@gityard/agent');
  const bytes = await readFileUpTo(path, { mostBytes: MOST_BYTES, what: 'the list of signers' });
  const { signers } = readAllowedSigners(new TextDecoder().decode(bytes ?? new Uint8Array()));
  return signers.find((it) => it.principals === agent)?.key ?? `${path} names no key of ${agent}`;
}
