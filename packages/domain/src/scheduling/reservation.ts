/**
 * What jobs take of an agent for themselves while they run, beside a slot (R84). Nothing is measured here: a job says what
 * it will need, and no more is promised away than the machine has.
 */
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import type { State } from '../state.ts';
import { boardOf } from './board.ts';

const KINDS = ['cores', 'memoryGB'] as const;
type Kind = (typeof KINDS)[number];

const reserved = ({ reserves }: Job, kind: Kind): number => reserves?.[kind] ?? 0;
const words = (amount: number, kind: Kind): string =>
  kind === 'cores' ? `${round(amount)} cores` : `${round(amount)} GB of memory`;
const round = (amount: number): number => Math.round(amount * 100) / 100;

/** What an agent will never have for it, as words. */
export const tooSmall = ({ capabilities }: Agent, job: Job): readonly string[] =>
  KINDS.filter((kind) => reserved(job, kind) > capabilities[kind]).map(
    (kind) => `has ${words(capabilities[kind], kind)} where ${round(reserved(job, kind))} are reserved`,
  );

/** What an agent has not free for it now, as words: "has 2 of 8 cores free, 4 asked". */
export function roomProblem(state: State, agent: Agent, job: Job): string | undefined {
  if (job.reserves === null) return undefined;
  const held = boardOf(state).heldBy.get(agent.id) ?? [];
  const short = KINDS.flatMap((kind) => {
    const [asked, all] = [reserved(job, kind), agent.capabilities[kind]];
    const free = all - held.reduce((sum, it) => sum + reserved(it, kind), 0);
    return asked > free ? [`has ${round(Math.max(0, free))} of ${words(all, kind)} free, ${round(asked)} asked`] : [];
  });
  return short.length === 0 ? undefined : short.join(' and ');
}

export const hasRoom = (state: State, agent: Agent, job: Job): boolean => roomProblem(state, agent, job) === undefined;

export const reservedWords = (job: Job): readonly string[] =>
  KINDS.filter((kind) => reserved(job, kind) > 0).map((kind) => words(reserved(job, kind), kind));
