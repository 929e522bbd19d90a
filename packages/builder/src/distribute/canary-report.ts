/** How a build went on the agents that followed a canary, and whether they made the same of it. Pure. */
import { compareManifests, currentAttempt, type Job, type Manifest } from '@gityard/domain';

export interface Built {
  readonly job: Job;
  readonly manifest: Manifest | undefined;
}

/** A line for each agent, and all of it in a sentence. */
export function canaryReport(parts: readonly Built[]): {
  readonly sentence: string;
  readonly lines: readonly string[];
} {
  const [canary, ...followers] = parts;
  if (!canary) return { sentence: 'nothing was built', lines: [] };
  const told = followers.map((it) => ({ agent: agentOf(it), verdict: comparedWith(canary, it) }));
  const other = told.filter(({ verdict }) => verdict !== IDENTICAL);
  const differs = `${other.map(({ agent, verdict }) => `${agent}: ${verdict}`).join('; ')}`;
  const outcome = other.length === 0 ? 'the artifacts of all are identical' : differs;
  return {
    sentence: `${agentOf(canary)} first, then ${told.map((it) => it.agent).join(', ')}: all succeeded; ${outcome}`,
    lines: [
      `${agentOf(canary)}: succeeded, first`,
      ...told.map(({ agent, verdict }) => `${agent}: succeeded, ${verdict}`),
    ],
  };
}

const IDENTICAL = 'identical artifacts';
const MOST_PATHS = 5;

const agentOf = ({ job }: Built): string => job.assignedTo ?? currentAttempt(job)?.agent ?? job.id;

function comparedWith(canary: Built, follower: Built): string {
  const none = { artifacts: [] };
  const { identical, checksum, size, missing } = compareManifests(canary.manifest ?? none, follower.manifest ?? none);
  if (identical) return IDENTICAL;
  const paths = [...checksum, ...size].map((it) => it.path);
  const all = [...paths, ...missing.left, ...missing.right];
  const more = all.length > MOST_PATHS ? ` and ${all.length - MOST_PATHS} more` : '';
  return `differs in ${all.slice(0, MOST_PATHS).join(', ')}${more}`;
}
