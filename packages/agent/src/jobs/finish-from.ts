/** What a build brought about, as the yard keeps it: the result, and the manifest of its artifacts. */
import type { InputOf, Manifest } from '@gityard/domain';
import { pathOf } from '@gityard/yard';
import type { AgentContext } from '../context.ts';
import type { StopReason } from '../events.ts';
import { attest } from './attest.ts';
import { type Holding, holderOf } from './holding.ts';
import type { PlacedOutcome } from './place-artifacts.ts';

export type Finish = InputOf<'finish'>;

export function finishFrom(
  context: AgentContext,
  holding: Holding,
  { outcome, why }: { outcome: PlacedOutcome; why: StopReason | undefined },
): Finish {
  const { status, cause, exitCode, signal, stages, branch, commit, tests, isolation, artifacts } = outcome;
  const now = context.yard.now();
  const manifest = artifacts.length === 0 ? null : manifestOf(context, holding, { outcome, createdAt: now });
  const attestation = manifest && attest(context, holding, { outcome, manifest });
  return {
    ...holderOf(context, holding),
    status,
    cause,
    exitCode,
    signal,
    reason: status === 'cancelled' && why ? why.text : outcome.reason,
    stages,
    result: {
      text: outcome.text,
      exitCode,
      artifacts: artifacts.length,
      manifest: manifest && pathOf('manifest', holding.id),
      log: null,
      tests,
      isolation,
      attestation: attestation && pathOf('attestation', holding.id),
      ...outcome.findings,
    },
    branch,
    commit,
    manifest,
    attestation,
    testRuns: outcome.testRuns ?? null,
    now,
  };
}

function manifestOf(
  { self }: AgentContext,
  { id, token }: Holding,
  { outcome, createdAt }: { outcome: PlacedOutcome; createdAt: string },
): Manifest {
  const { branch, commit, store } = outcome;
  const artifacts = outcome.artifacts.map(({ file: _, ...artifact }) => artifact);
  return {
    schemaVersion: 1,
    job: id,
    agent: self.id,
    token,
    branch,
    commit,
    createdAt,
    artifacts,
    ...(store ? { store } : {}),
  };
}
