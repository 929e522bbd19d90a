/**
 * What an attestation says of where a build's files come from. It is shown, not trusted: whether the signature is right, and
 * of a server that may sign, is for `gityard artifact verify` to say, which knows the keys.
 */
import type { Attestation, Time } from '@gityard/domain';
import { jsonIn } from '../json-in.ts';

export interface Provenance {
  readonly builder: string | null;
  readonly repository: string | null;
  readonly branch: string | null;
  readonly commit: string | null;
  readonly toolchain: string | null;
  readonly strategy: string | null;
  /** What kept the build apart from the machine. */
  readonly isolation: string | null;
  readonly startedAt: Time | null;
  readonly finishedAt: Time | null;
  /** The names of the keys that it is signed with. */
  readonly signedBy: readonly string[];
}

export function provenanceIn({ envelope }: Attestation): Provenance {
  const { predicate } = fields(statementIn(envelope.payload));
  const { buildDefinition, runDetails } = fields(predicate);
  const { externalParameters, internalParameters, resolvedDependencies } = fields(buildDefinition);
  const { builder, metadata } = fields(runDetails);
  const [asked, found, times] = [fields(externalParameters), fields(internalParameters), fields(metadata)];
  const [source] = Array.isArray(resolvedDependencies) ? resolvedDependencies : [];
  return {
    builder: words(fields(builder).id),
    repository: words(asked.repository),
    branch: words(asked.branch),
    commit: words(fields(fields(source).digest).gitCommit) ?? words(asked.commit),
    toolchain: words(found.toolchain) ?? words(asked.toolchain),
    strategy: words(asked.strategy),
    isolation: words(found.isolation),
    startedAt: words(times.startedOn),
    finishedAt: words(times.finishedOn),
    signedBy: envelope.signatures.map(({ keyid }) => keyid),
  };
}

function statementIn(payload: string): unknown {
  try {
    return jsonIn(Uint8Array.from(atob(payload), (character) => character.charCodeAt(0)));
  } catch {
    // No base64: it says nothing.
    return undefined;
  }
}

const fields = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
const words = (value: unknown): string | null =>
  typeof value === 'string' && value !== '' ? value.slice(0, 1000) : null;
