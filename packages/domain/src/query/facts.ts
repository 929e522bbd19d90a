/** What an expression may speak of: one thing by its name with its fields, and how many there are of a kind. */
import { isFinished, isHeld, JOB_STATUSES, type Job } from '../entities/job.ts';
import { find } from '../find.ts';
import { boardOf } from '../scheduling/board.ts';
import type { State } from '../state.ts';
import { elapsedMs, type Time } from '../time.ts';
import { explain } from '../views/explain.ts';
import { jobView } from '../views/job-view.ts';
import { lockView } from '../views/lock-view.ts';
import { messageView } from '../views/message-view.ts';

type Count = (state: State, now: Time) => number | null;

const jobsThat =
  (isCounted: (job: Job) => boolean): Count =>
  ({ jobs }) =>
    [...jobs].filter(isCounted).length;
const agentsThat =
  (mode: string): Count =>
  ({ agents }) =>
    [...agents].filter((it) => it.mode === mode).length;

const COUNTS: Readonly<Record<string, Readonly<Record<string, Count>>>> = {
  jobs: {
    ...Object.fromEntries(JOB_STATUSES.map((status) => [status, jobsThat((it) => it.status === status)])),
    total: ({ jobs }) => jobs.size,
    open: jobsThat((it) => !isFinished(it)),
    held: jobsThat(isHeld),
    stuck: (state, now) =>
      boardOf(state).queued.filter((it) => !explain(state, it, now, { ahead: 0 }).canEverRun).length,
    oldestWaitSeconds: (state, now) =>
      Math.max(0, ...boardOf(state).queued.map((it) => Math.round(elapsedMs(it.submittedAt, now) / 1000))),
  },
  agents: {
    total: ({ agents }) => agents.size,
    active: agentsThat('active'),
    draining: agentsThat('draining'),
    maintenance: agentsThat('maintenance'),
  },
  locks: {
    total: ({ locks }) => locks.size,
    held: ({ locks }) => [...locks].filter((it) => it.holders.length > 0).length,
  },
  messages: { total: ({ messages }) => messages.size },
  queue: { files: ({ queue }) => queue.size },
  broken: { files: ({ broken }) => broken.size },
};

const THINGS: Readonly<Record<string, (state: State, id: string) => unknown>> = {
  job: ({ jobs }, id) => viewed(find(jobs, id, 'job'), jobView),
  agent: ({ agents }, id) => viewed(find(agents, id, 'agent'), (it) => it),
  lock: ({ locks }, id) => viewed(find(locks, id, 'lock'), lockView),
  message: ({ messages }, id) => viewed(find(messages, id, 'message'), messageView),
};

function viewed<T>(found: ReturnType<typeof find<T>>, view: (value: T) => unknown): unknown {
  return found.ok ? view(found.value) : undefined;
}

/** What is wrong with a name, whatever the state is. */
export function faultOfPath([root = '', ...rest]: readonly string[]): string | undefined {
  if (root === 'yard') return rest.length > 0 ? undefined : 'yard is followed by a setting, like yard.lease.seconds';
  if (Object.hasOwn(THINGS, root))
    return rest.length > 0 ? undefined : `${root} is followed by a name: ${root}.<id>.status`;
  const counts = Object.hasOwn(COUNTS, root) ? COUNTS[root] : undefined;
  if (!counts) return `"${root}" is none of ${[...Object.keys(THINGS), ...Object.keys(COUNTS), 'yard'].join(', ')}`;
  const names = Object.keys(counts).map((it) => `${root}.${it}`);
  return names.includes([root, ...rest].join('.'))
    ? undefined
    : `"${[root, ...rest].join('.')}" is none of ${names.join(', ')}`;
}

/** Undefined: there is no such thing, or it has no such field. */
export function factAt(state: State, [root = '', ...rest]: readonly string[], now: Time): unknown {
  const [name = '', ...fields] = rest;
  if (root === 'yard') return within(state.yard, rest);
  const thing = Object.hasOwn(THINGS, root) ? THINGS[root] : undefined;
  return thing ? within(thing(state, name), fields) : COUNTS[root]?.[name]?.(state, now);
}

/** Only what a thing has of its own, and the length of a list. */
function within(value: unknown, [field, ...rest]: readonly string[]): unknown {
  if (field === undefined) return value;
  if (Array.isArray(value) && field === 'length') return within(value.length, rest);
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, field)) return undefined;
  return within((value as Record<string, unknown>)[field], rest);
}
