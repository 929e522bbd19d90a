/** A hundred days of a fleet, from a seed, with the monitor run as seldom and as late as hosts run what is scheduled. */
import { toMs, toTime } from '@gityard/domain';
import { pretendIssues } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import { partsOfKey } from './finding.ts';
import type { IssueHost } from './issues/host.ts';
import { memoryIn } from './issues/marker.ts';
import { openClient } from './rest/client.ts';
import { dialectOf } from './rest/dialect.ts';
import { RestHost } from './rest/rest-host.ts';
import { runMonitor } from './run-monitor.ts';
import { MemoryHost } from './testing/memory-host.ts';
import {
  type AgentDays,
  agentDays,
  flappingDays,
  isMissedAt,
  outagesSeen,
  randomOf,
  runTimes,
  stateAt,
  type Told,
} from './testing/replayed-days.ts';

const mask = (text: string): Promise<string> => Promise.resolve(text);

interface Days {
  readonly agents: readonly AgentDays[];
  readonly times: readonly number[];
  readonly host: IssueHost;
  readonly setTime: (now: string) => void;
}

async function replay({ agents, times, host, setTime }: Days): Promise<void> {
  for (const ms of times) {
    const now = toTime(ms);
    setTime(now);
    await runMonitor({ state: stateAt(agents, ms), now, host, mask });
  }
}

async function replayInMemory({ agents, times }: Pick<Days, 'agents' | 'times'>): Promise<MemoryHost> {
  const host = new MemoryHost(toTime(0));
  const setTime = (now: string): void => {
    host.now = now;
  };
  await replay({ agents, times, host, setTime });
  return host;
}

interface Kept {
  readonly body: string;
  readonly createdAt: string;
  readonly closedAt: string | null;
}
const toldBy = (issues: readonly Kept[]): Told[] =>
  sorted(
    issues.map(({ body, createdAt, closedAt }) => ({
      agent: partsOfKey(memoryIn(body)?.key ?? '').subject,
      opened: createdAt,
      closed: closedAt,
    })),
  );
const sorted = (told: readonly Told[]): Told[] =>
  [...told].sort((a, b) => (a.agent + a.opened < b.agent + b.opened ? -1 : 1));

function fleetOf(seed: number) {
  const random = randomOf(seed);
  const agents = ['build1', 'build2', 'build3', 'build4', 'build5'].map((id) => agentDays(id, random));
  return { agents, times: runTimes(random) };
}

/** Every run before and at a change, and some of those that find all as it was: each of them is three requests. */
function withoutCalm(agents: readonly AgentDays[], times: readonly number[]): number[] {
  const seen = (ms = 0) => agents.map((it) => isMissedAt(it, ms)).join();
  return times.filter(
    (ms, at) => at % 20 === 0 || seen(ms) !== seen(times[at - 1]) || seen(ms) !== seen(times[at + 1]),
  );
}

describe('a hundred days', () => {
  it.each([1, 2, 3])('open and close one issue for each real outage, and none else (seed %i)', async (seed) => {
    const { agents, times } = fleetOf(seed);

    const host = await replayInMemory({ agents, times });

    const expected = outagesSeen(agents, times);
    const gaps = agents.flatMap((it) => it.gaps);
    const outages = gaps.filter(({ why }) => why === 'outage').length;
    expect(toldBy(host.issues)).toEqual(sorted(expected));
    expect(host.issues.map((it) => [it.turns.length, it.comments.length])).toEqual(host.issues.map(() => [2, 1]));
    // An issue is made, closed, and told to be over: nothing was written for nothing.
    expect(host.writes).toBe(expected.length * 3);
    expect(expected.length).toBeGreaterThan(outages * 0.6);
    expect(gaps.length - outages).toBeGreaterThan(30);
    expect(times.length).toBeGreaterThan(5_000);
  });

  it('open and close the same through the API of a host, every exchange as it is described', async () => {
    const { agents, times: all } = fleetOf(4);
    const times = withoutCalm(agents, all);
    const issues = pretendIssues({ now: toTime(0) });
    const { tracker, apiUrl, fetch, requests, problems } = issues;
    tracker.rules.remaining = Number.POSITIVE_INFINITY;
    const client = await openClient({ apiUrl, fetch, token: tracker.rules.token, secondMs: 0 });
    const host = new RestHost({ client, owner: 'acme', repo: 'app', dialect: dialectOf(apiUrl), workflow: null });

    await replay({
      agents,
      times,
      host,
      setTime: (now) => {
        tracker.now = now;
      },
    });

    const expected = outagesSeen(agents, times);
    expect(toldBy(tracker.issues)).toEqual(sorted(expected));
    expect(expected.length).toBeGreaterThan(30);
    const writes = requests.filter((it) => !it.asked.startsWith('GET') && it.asked !== 'POST /labels');
    expect(writes).toHaveLength(expected.length * 3);
    expect(problems).toEqual([]);
    expect(requests.length).toBeGreaterThan(times.length * 3);
  }, 180_000);

  it('cost few words where an agent comes and goes all the time', async () => {
    const random = randomOf(7);
    const agent = flappingDays('build1', random);
    const times = runTimes(random);

    const host = await replayInMemory({ agents: [agent], times });

    const [first, last] = [agent.gaps[0], agent.gaps.at(-1)];
    const days = ((last?.toMs ?? 0) - (first?.fromMs ?? 0)) / 86_400_000;
    expect(agent.gaps.length).toBeGreaterThan(400);
    expect(host.issues.flatMap((it) => it.turns.map(({ at }) => toMs(at))).length).toBeLessThan(days * 8);
    expect(host.issues.flatMap((it) => it.comments).length).toBeLessThan(days * 8);
    expect(host.issues.filter((it) => it.open)).toEqual([]);
  });
});
