/**
 * The statement of where the artifacts of a build come from: in-toto Statement v1 with SLSA provenance v1. Written by the agent
 * from what it knows itself, outside of what the build could reach; what the build says of itself is not in it.
 */
import { createHash } from 'node:crypto';
import { type Artifact, canonicalText, type Manifest } from '@gityard/domain';
import { canonicalJson } from '@gityard/yard';

export const STATEMENT_TYPE = 'application/vnd.in-toto+json';
export const SBOM_TYPE = 'application/vnd.cyclonedx+json';
const BUILD_TYPE = 'urn:gityard:build:v1';
/** The subject that stands for all artifacts where they are too many to be named here. */
export const MANIFEST_SUBJECT = 'gityard-manifest.json';

interface Digested {
  readonly name: string;
  readonly digest: { readonly sha256: string };
  readonly mediaType?: string;
}

export interface Origin {
  readonly manifest: Manifest;
  readonly repository: string | null;
  /** As asked for: toolchain, strategy, command, parameters, the names of its secrets, whose signature it bears. */
  readonly asked: Readonly<Record<string, unknown>>;
  /** What the agent added: the sandbox, its own version. */
  readonly found: Readonly<Record<string, unknown>>;
  readonly yard: string | null;
  readonly attempt: number;
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Logs, the bill of materials, and what else came of it beside artifacts. */
  readonly byproducts: readonly Digested[];
}

const MOST_SUBJECTS = 1_500;
/** So that with its envelope it is a file of the yard like any other. */
const MOST_BYTES = 500_000;

export function statementOf(origin: Origin): string {
  const { artifacts } = origin.manifest;
  const each = artifacts.length > MOST_SUBJECTS ? undefined : statement(origin, artifacts.map(subjectOf));
  return each === undefined || Buffer.byteLength(each) > MOST_BYTES ? statement(origin, []) : each;
}

const subjectOf = ({ path, sha256 }: Artifact): Digested => ({ name: path, digest: { sha256 } });

/** Of the file in the yard: as canonical as every file there. */
export const manifestDigest = (manifest: Manifest): string => sha256Of(canonicalJson(manifest));
export const sha256Of = (content: string | Uint8Array): string => createHash('sha256').update(content).digest('hex');

function statement(origin: Origin, artifacts: readonly Digested[]): string {
  const { manifest } = origin;
  const whole: Digested = { name: MANIFEST_SUBJECT, digest: { sha256: manifestDigest(manifest) } };
  return canonicalText({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [...artifacts, whole],
    predicateType: 'https://slsa.dev/provenance/v1',
    predicate: { buildDefinition: definitionOf(origin), runDetails: detailsOf(origin) },
  });
}

function definitionOf({ manifest, repository, asked, found }: Origin) {
  const { branch, commit } = manifest;
  const source =
    repository === null || commit === null ? [] : [{ uri: sourceUri(repository), digest: { gitCommit: commit } }];
  return {
    buildType: BUILD_TYPE,
    externalParameters: { repository, branch, commit, ...asked },
    internalParameters: found,
    resolvedDependencies: source,
  };
}

const sourceUri = (repository: string): string => (/^[a-z]+:\/\//.test(repository) ? `git+${repository}` : repository);

function detailsOf({ manifest, yard, attempt, startedAt, finishedAt, byproducts }: Origin) {
  const { job, agent, token } = manifest;
  const builder = `urn:gityard:${yard ?? 'yard'}:agent:${agent}`;
  return {
    builder: { id: builder },
    metadata: { invocationId: `${job}/${token}`, startedOn: startedAt, finishedOn: finishedAt, attempt },
    byproducts,
  };
}

/** What of a statement is looked at when it is checked. */
export interface Provenance {
  readonly subjects: readonly Digested[];
  readonly builder: string;
  readonly invocation: string;
  readonly repository: string | null;
  readonly commit: string | null;
  /** What kept the build apart from the machine. */
  readonly isolation: string | null;
  /** The digest of its bill of materials. */
  readonly sbom: string | null;
}

/** Undefined where it is no such statement. */
export function provenanceIn(text: string): Provenance | undefined {
  try {
    return read(JSON.parse(text));
  } catch {
    // No JSON, or a part of it is missing: it says nothing that could be checked.
    return undefined;
  }
}

interface Statement {
  readonly predicateType: string;
  readonly subject: readonly Digested[];
  readonly predicate: {
    readonly buildDefinition: {
      readonly externalParameters: { readonly repository: string | null };
      readonly internalParameters?: { readonly isolation?: string };
      readonly resolvedDependencies: readonly { readonly digest: { readonly gitCommit: string } }[];
    };
    readonly runDetails: {
      readonly builder: { readonly id: string };
      readonly metadata: { readonly invocationId: string };
      readonly byproducts?: readonly Digested[];
    };
  };
}

function read(value: Statement): Provenance | undefined {
  const { predicateType, subject, predicate } = value;
  const { buildDefinition, runDetails } = predicate;
  if (predicateType !== 'https://slsa.dev/provenance/v1') return undefined;
  return {
    subjects: subject.map(({ name, digest: { sha256 } }) => ({ name, digest: { sha256 } })),
    builder: runDetails.builder.id,
    invocation: runDetails.metadata.invocationId,
    repository: buildDefinition.externalParameters.repository,
    commit: buildDefinition.resolvedDependencies[0]?.digest.gitCommit ?? null,
    isolation: buildDefinition.internalParameters?.isolation ?? null,
    sbom: runDetails.byproducts?.find(({ mediaType }) => mediaType === SBOM_TYPE)?.digest.sha256 ?? null,
  };
}
