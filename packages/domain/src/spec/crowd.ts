/** A yard with very many of everything, for specs about size and speed. */
import { applyChanges } from '../apply-changes.ts';
import { putAgent, putJob, putLock, putMessage, type State } from '../state.ts';
import { aJob, aLock, aMessage, anAgent, anAttempt } from './samples.ts';
import { minutesAfterNoon, noon, world } from './world.ts';

export interface Crowd {
  readonly agents: number;
  readonly jobs: number;
  /** What every text of the yard is made of. */
  readonly words: string;
}

/** Of ten jobs one runs, two have ended, one needs another, one fits nobody, and the others wait. */
export function crowd({ agents, jobs, words }: Crowd): State {
  const changes = [
    ...times(agents, (at) =>
      putAgent(anAgent(`a${at}`, noon, { host: words, labels: [words.slice(0, 100), `l${at % 5}`] })),
    ),
    ...times(jobs, (at) => putJob(aCrowdJob(at, agents, words))),
    ...times(200, (at) => putLock(aLock(`l${at}`, { waiting: [{ holder: words, since: noon, until: null }] }))),
    ...times(200, (at) => putMessage(aMessage(`m${at}`, noon, { subject: words, body: words }))),
  ];
  const state = applyChanges(world().state, changes);
  return times(agents, (at) => `a${at}`).reduce((scene, id) => scene.beat(id), world(state)).state;
}

function aCrowdJob(at: number, agents: number, words: string) {
  const kind = at % 10;
  const id = `j${at}`;
  const common = {
    repository: `https://example/${'r'.repeat(words.length)}`,
    branch: `branch-${at}`,
    command: ['make', words],
    submittedBy: words,
    submittedAt: minutesAfterNoon(-(at % 500)),
    priority: (at % 10) + 1,
  };
  if (kind === 1) return aJob(id, noon, { ...common, ...held(at, agents, words) });
  if (kind === 2) return aJob(id, noon, { ...common, status: 'succeeded', endedAt: noon });
  if (kind === 3) return aJob(id, noon, { ...common, status: 'failed', endedAt: noon });
  if (kind === 4) return aJob(id, noon, { ...common, needs: [`j${Math.max(0, at - 10)}`] });
  return aJob(id, noon, { ...common, labels: kind === 5 ? ['nobody-has-this'] : [`l${at % 5}`] });
}

function held(at: number, agents: number, words: string) {
  const agent = `a${at % agents}`;
  const stage = { status: 'Running', startedAt: noon, endedAt: null, warnings: 0, errors: 0, message: words } as const;
  const stages = times(6, (index) => ({ ...stage, name: `Stage${index}` }));
  const attempt = anAttempt({ agent, token: 1, startedAt: noon, status: 'running', stages });
  return { status: 'running' as const, token: 1, agent, attempts: [attempt] };
}

const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
