/** Signs where the artifacts of a build come from, with the key of this agent, after the build is over and out of its reach. */
import type { BuildOutcome } from '@gityard/builder';
import { type Attestation, currentAttempt, type Job, type Manifest } from '@gityard/domain';
import type { AgentContext } from '../context.ts';
import { sealed } from '../trust/dsse.ts';
import { SBOM_TYPE, STATEMENT_TYPE, sha256Of, statementOf } from '../trust/provenance.ts';
import type { Holding } from './holding.ts';

type Ground = Pick<AgentContext, 'key' | 'options' | 'yard'>;

export interface Made {
  readonly outcome: BuildOutcome;
  readonly manifest: Manifest;
}

export function attest(ground: Ground, { job }: Holding, { outcome, manifest }: Made): Attestation {
  const { key, options, yard } = ground;
  const { job: id, agent, token, createdAt } = manifest;
  const startedAt = new Date(Date.parse(createdAt) - outcome.durationMs).toISOString();
  const statement = statementOf({
    manifest,
    repository: job.repository,
    asked: askedOf(job),
    found: { toolchain: outcome.toolchain, isolation: outcome.isolation, version: options.version ?? '' },
    yard: yard.state.yard.yardId,
    attempt: currentAttempt(job)?.number ?? 1,
    startedAt,
    finishedAt: createdAt,
    byproducts: [
      ...outcome.files.map(({ path, content }) => ({ name: path, digest: { sha256: sha256Of(content) } })),
      ...billOfMaterials(manifest),
    ],
  });
  return { schemaVersion: 1, job: id, agent, token, createdAt, envelope: sealed(STATEMENT_TYPE, statement, key) };
}

/** An artifact like any other, and so a subject too where each is named; but whoever asks what is in it looks for it here. */
const billOfMaterials = ({ artifacts }: Manifest) =>
  artifacts
    .filter(({ path }) => path === 'sbom.cdx.json')
    .map(({ path, sha256 }) => ({ name: path, digest: { sha256 }, mediaType: SBOM_TYPE }));

/** Names of secrets, and never their values. */
function askedOf({ toolchain, strategy, command, parameters, labels, requires, secrets, signature, submittedBy }: Job) {
  const signer = signature?.key ?? null;
  return { toolchain, strategy, command, parameters, labels, requires, secrets, signer, submittedBy };
}
