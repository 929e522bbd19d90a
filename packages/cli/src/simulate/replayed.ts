/** `simulate`: the jobs of the last days once more, with the fleet as it is and with the other one. */
import { resolve } from 'node:path';
import {
  after,
  DAY_MS,
  fleetToday,
  isBefore,
  type Job,
  otherFleet,
  type Refused,
  replay,
  type State,
  validate,
  workloadOf,
  type YardConfig,
} from '@gityard/domain';
import { archivedJobs, FILE_LIMIT_BYTES, readJson, type Yard } from '@gityard/yard';
import { type Answer, answer } from '../command.ts';
import type { Context } from '../context.ts';
import { CliError, usageError } from '../errors.ts';
import { readFileUpTo } from '../read-up-to.ts';
import { readWholeNumber } from '../read-words.ts';
import { type Replayed, replayText } from '../text/replay-text.ts';

export const DAYS_ENOUGH = 7;
/** So many take seconds. */
export const MOST_REPLAYED = 5_000;

export interface ReplayChoice {
  readonly agents: string | undefined;
  readonly like: string | undefined;
  readonly since: number | undefined;
  readonly priority: Readonly<Record<string, string>>;
  readonly config: string | undefined;
  readonly limit: number | undefined;
}

export async function simulateReplay(context: Context, choice: ReplayChoice): Promise<Answer | Refused> {
  const rules = prioritiesOf(choice.priority);
  const config = choice.config === undefined ? undefined : await readConfig(context, choice.config);
  const state = await context.look();
  const since = after(context.now(), -(choice.since ?? DAYS_ENOUGH * DAY_MS));
  const jobs = recentJobs(await context.yard(), { since, most: choice.limit ?? MOST_REPLAYED });
  noteUnusedRules(context, choice.priority, jobs);
  const today = fleetToday(state.agents, context.now());
  const more = moreAgents(choice.agents, today.length);
  const other = otherFleet(today, { more, like: choice.like, jobs });
  if (!other.ok) return other;

  const workload = workloadOf(jobs);
  const reordered = workloadOf(jobs.map((job) => ({ ...job, priority: rules(job) })));
  const value: Replayed = {
    since,
    leftOut: workload.leftOut,
    observed: workload.observed,
    before: replay(workload, { agents: today, yard: state.yard }),
    after: replay(reordered, { agents: other.agents, yard: config ?? state.yard }),
  };
  return answer(value, () => replayText(value));
}

/** Newest first when they are too many. */
function recentJobs(yard: Yard, { since, most }: { since: string; most: number }): readonly Job[] {
  const { state }: { state: State } = yard;
  const known = new Map([...archivedJobs(yard, { since, most }), ...state.jobs].map((it) => [it.id, it]));
  const recent = [...known.values()].filter((it) => !isBefore(it.submittedAt, since));
  return recent.sort((a, b) => (a.submittedAt < b.submittedAt ? 1 : -1)).slice(0, most);
}

function moreAgents(word: string | undefined, count: number): number {
  if (word === undefined) return 0;
  const number = readWholeNumber(word.replace(/^[+-]/, ''), '--agents', { maximum: 1000 }) ?? 0;
  if (/^0+$/.test(word)) throw usageError('--agents 0 leaves nobody to build', 'one at least, or e.g. --agents +2');
  if (word.startsWith('-')) return -number;
  return word.startsWith('+') ? number : number - count;
}

function prioritiesOf(rules: Readonly<Record<string, string>>): (job: Job) => number {
  const list = Object.entries(rules).map(([branch, word]) => ({
    branch,
    priority: readWholeNumber(word, '--priority', { minimum: 1, maximum: 10 }) ?? 5,
  }));
  return ({ branch, priority }) => list.find((it) => fits(it.branch, branch ?? ''))?.priority ?? priority;
}

/** A branch that was mistyped changes nothing, and that looks like an answer. */
function noteUnusedRules(context: Context, rules: ReplayChoice['priority'], jobs: readonly Job[]): void {
  for (const branch of Object.keys(rules))
    if (!jobs.some((it) => fits(branch, it.branch ?? '')))
      context.note(`no job of that time has a branch ${branch}; its priority changes nothing`);
}

const fits = (pattern: string, branch: string): boolean =>
  pattern.endsWith('*') ? branch.startsWith(pattern.slice(0, -1)) : branch === pattern;

async function readConfig({ io }: Context, name: string): Promise<YardConfig> {
  const bytes = await readFileUpTo(resolve(io.cwd, name), { mostBytes: FILE_LIMIT_BYTES, what: name });
  if (!bytes) throw usageError(`${name} is too large for a yard.json`, 'name another file');
  const read = readJson(bytes);
  const checked = read.ok ? validate('yard', read.value) : read;
  if (checked.ok) return checked.value as YardConfig;
  throw new CliError('INVALID_DATA', `${name} ${checked.reason}`, { hint: `gityard config lint ${name} tells more` });
}
