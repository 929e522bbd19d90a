/**
 * Which agent should build something, and why (R64, R84, R111): of those that can, the idle before the busy, the less loaded
 * before the more loaded, those that built the project lately before the others, and then the fastest.
 */
import type { Agent } from '../entities/agent.ts';
import type { Job } from '../entities/job.ts';
import { misfits } from '../scheduling/eligibility.ts';
import { whyIdle } from '../scheduling/pauses.ts';
import { freeSlots } from '../scheduling/pick.ts';
import type { State } from '../state.ts';
import { DAY_MS, type Time, toMs } from '../time.ts';
import { validate } from '../validate.ts';
import { healthOf } from '../views/fleet-health.ts';
import type { History } from './history.ts';
import { type DurationQuestion, type Prediction, predictDuration } from './predict-duration.ts';

export interface AgentQuestion extends Omit<DurationQuestion, 'agent' | 'at'> {
  readonly labels?: readonly string[];
  readonly requires?: readonly string[];
  readonly command?: readonly string[] | null;
}

export interface AgentChoice {
  readonly agent: string;
  /** It could take the build now, or as soon as a slot is free. */
  readonly available: boolean;
  readonly freeSlots: number;
  readonly cpuPercent: number | null;
  readonly memoryPercent: number | null;
  /** It built the project within the last week. */
  readonly cached: boolean;
  readonly duration: Prediction | null;
  /** In the order of their weight. */
  readonly why: readonly string[];
}

/** Best first; the first is recommended, if it is available. */
export function predictAgents(state: State, history: History, question: AgentQuestion, now: Time): AgentChoice[] {
  const choices = [...state.agents].map((agent) => choiceOf({ state, history, question, now }, agent));
  return choices.sort(
    (a, b) =>
      Number(b.available) - Number(a.available) ||
      Number(b.freeSlots > 0) - Number(a.freeSlots > 0) ||
      loadBand(a) - loadBand(b) ||
      Number(b.cached) - Number(a.cached) ||
      secondsOf(a) - secondsOf(b) ||
      (a.agent < b.agent ? -1 : 1),
  );
}

interface Asked {
  readonly state: State;
  readonly history: History;
  readonly question: AgentQuestion;
  readonly now: Time;
}

function choiceOf(asked: Asked, agent: Agent): AgentChoice {
  const { state, history, question, now } = asked;
  const { labels: _labels, requires: _requires, command: _command, ...build } = question;
  const { cpuPercent = null, memoryPercent = null } = state.heartbeats.get(agent.id)?.machine ?? {};
  const obstacles = [...misfits(agent, jobFor(question, now)), ...absence(state, agent, now)];
  const duration = predictDuration(history, { ...build, agent: agent.id, at: now });
  const cached = hasBuilt(history, { agent: agent.id, repository: question.repository, now });
  const available = obstacles.length === 0;
  const facts = { available, freeSlots: freeSlots(state, agent), cpuPercent, memoryPercent, cached, duration };
  return { agent: agent.id, ...facts, why: available ? reasons(facts) : obstacles };
}

/** Why an agent that could is not there to do it. */
function absence(state: State, agent: Agent, now: Time): readonly string[] {
  const takesNone = state.heartbeats.get(agent.id)?.takesNoJobs ?? null;
  const idle = whyIdle(state, agent, now);
  return [
    ...(idle === undefined ? [] : [idle]),
    ...(healthOf(state, agent.id, now) === 'silent' ? ['gives no sign of life'] : []),
    ...(takesNone === null ? [] : [takesNone]),
  ];
}

/** What eligibility looks at. All that is not asked is as the schema of jobs has it, also fields that come later. */
function jobFor({ repository, toolchain, labels = [], requires = [], command = null }: AgentQuestion, now: Time): Job {
  const blank = validate('job', { id: 'asked', status: 'queued', submittedAt: now, submittedBy: 'asked' });
  if (!blank.ok) throw new Error(`a job of nothing but defaults has to be one: ${blank.reason}`);
  const wanted = { labels: [...labels], requires: [...requires], command: command && [...command] };
  return { ...blank.value, repository: repository ?? null, toolchain: toolchain ?? null, ...wanted };
}

const WEEK_MS = 7 * DAY_MS;
interface Builder {
  readonly agent: string;
  readonly repository: string | undefined;
  readonly now: Time;
}

function hasBuilt({ succeeded }: History, { agent, repository, now }: Builder): boolean {
  if (repository === undefined) return false;
  const since = toMs(now) - WEEK_MS;
  for (const { record, startedMs } of succeeded) {
    if (startedMs < since) return false;
    if (record.agent === agent && record.repository === repository) return true;
  }
  return false;
}

/** Bands, because a difference of some percent says nothing a minute later. Unknown is neither. */
function loadBand({ cpuPercent, memoryPercent }: Pick<AgentChoice, 'cpuPercent' | 'memoryPercent'>): number {
  if (cpuPercent === null && memoryPercent === null) return 1;
  const percent = Math.max(cpuPercent ?? 0, memoryPercent ?? 0);
  return percent < 50 ? 0 : percent < 80 ? 1 : 2;
}

const secondsOf = ({ duration }: AgentChoice): number => duration?.p50 ?? Number.MAX_VALUE;
const LOAD_WORDS = ['is hardly loaded', 'is moderately loaded', 'is heavily loaded'] as const;

function reasons(choice: Omit<AgentChoice, 'agent' | 'why'>): readonly string[] {
  const { freeSlots: free, cpuPercent, memoryPercent, cached, duration } = choice;
  const isHeard = cpuPercent !== null || memoryPercent !== null;
  const load = `${LOAD_WORDS[loadBand(choice)]} (CPU ${cpuPercent ?? '?'} %, memory ${memoryPercent ?? '?'} %)`;
  return [
    free > 0 ? `has ${free} free ${free === 1 ? 'slot' : 'slots'}` : 'is busy',
    isHeard ? load : 'has told nothing of its load',
    cached ? 'built this project within the last week' : 'has not built this project lately',
    duration ? `takes about ${Math.round(duration.p50)} s, by ${duration.basis}` : 'nobody knows how long it takes',
  ];
}
