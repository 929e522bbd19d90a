/** How a job ended, as the commit says by which it did: what it made, who signed for it, and with which key that agent was known. */
import type { Attestation, Manifest } from '@gityard/domain';
import { operationsIn } from '../writing/commit-message.ts';
import type { Yard } from '../yard.ts';
import { readHeads } from './heads.ts';
import { viewAt } from './view-at.ts';

export interface JobEnding {
  readonly commit: string;
  readonly manifest: Manifest | undefined;
  readonly attestation: Attestation | undefined;
  /** Of the agent that made the manifest, at that commit. */
  readonly publicKey: string | null;
}

/** Undefined: the history tells of no end of it. Fetches the history. */
export async function endOfJob(yard: Pick<Yard, 'transport' | 'refs'>, jobId: string): Promise<JobEnding | undefined> {
  const history = await readHeads(yard.transport, yard.refs.state);
  const ends = ({ message }: (typeof history.commits)[number]) =>
    operationsIn(message).some(({ operation, job }) => operation === 'finish' && job === jobId);
  const commit = history.commits.findLast(ends);
  if (!commit) return undefined;
  const { manifests, attestations, agents } = viewAt(history, commit.oid).state;
  const manifest = manifests.get(jobId);
  const publicKey = manifest ? (agents.get(manifest.agent)?.publicKey ?? null) : null;
  return { commit: commit.oid, manifest, attestation: attestations.get(jobId), publicKey };
}
