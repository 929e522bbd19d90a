/** Small questions to the rows of the read model, asked by more than one panel. Pure. */
import { agentHealth, type Health, type ReadModel, type Stage, type Time } from '@gityard/domain';
import { repositoryName, shortCommit } from './format.ts';
import { STANDING_ORDER, type Standing } from './words.ts';

export type AgentRow = ReadModel['agents'][number];
export type JobRow = ReadModel['jobs'][number];
export type LockRow = ReadModel['locks'][number];
export type MessageRow = ReadModel['messages'][number];
export type HealthRules = ReadModel['health'];

export const STAGE_NAMES = ['Fetch', 'Restore', 'Build', 'Test', 'Package', 'Publish'] as const;

export const isHeld = ({ status }: JobRow): boolean => status === 'running' || status === 'claimed';
export const isStuck = ({ reasons }: JobRow): boolean => reasons.some((reason) => reason.class === 'stuck');

/** What a job is called: its repository, or what it runs when it has none. */
export function jobTitle({ repository, command, id }: JobRow): string {
  return repository === null ? (command ?? id) : repositoryName(repository);
}

/** `main @ 1a2b3c4`, as far as it is known; of a part with its projects: `main @ 1a2b3c4 packages/core`. */
export function jobRevision({ branch, commit, projects }: JobRow): string {
  return [branch, commit && `@ ${shortCommit(commit)}`, projects].filter(Boolean).join(' ');
}

/** Always the six, so that the strip keeps its shape; stages of the job's own come after them. */
export function allStages({ stages }: JobRow): readonly Pick<Stage, 'name' | 'status'>[] {
  const six = STAGE_NAMES.map(
    (name) => stages.find((stage) => stage.name === name) ?? { name, status: 'Pending' as const },
  );
  return [...six, ...stages.filter(({ name }) => !STAGE_NAMES.some((known) => known === name))];
}

/**
 * The health of a row goes stale like the row itself: between two snapshots an agent can only have become quieter. It is
 * judged by the domain's one definition, and never taken for better than the snapshot says.
 */
export function healthNow({ health, lastBeatAt, nextBeatBy }: AgentRow, now: Time, rules: HealthRules): Health {
  if (lastBeatAt === null || nextBeatBy === null) return health;
  const judged = agentHealth({ at: lastBeatAt, nextBeatBy }, now, { health: rules });
  return STANDING_ORDER.indexOf(judged) < STANDING_ORDER.indexOf(health) ? judged : health;
}

/** Worst first; those that are equally well in the order of their names. */
export function byStanding({ agents, health: rules }: Pick<ReadModel, 'agents' | 'health'>, now: Time) {
  const standingOf = (agent: AgentRow): Standing => (agent.stopped ? 'stopped' : healthNow(agent, now, rules));
  const rank = (standing: Standing) => STANDING_ORDER.indexOf(standing);
  return agents
    .map((agent) => ({ agent, standing: standingOf(agent) }))
    .sort((a, b) => rank(a.standing) - rank(b.standing) || (a.agent.id < b.agent.id ? -1 : 1));
}
