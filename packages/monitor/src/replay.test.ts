/** A hundred days of a fleet, from a seed, with the monitor run as seldom and as late as hosts run what is scheduled. */
import { toMs, toTime } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { partsOfKey } from './finding.ts';
import { memoryIn } from './issues/marker.ts';
import { runMonitor } from './run-monitor.ts';
import { MemoryHost, type StoredIssue } from './testing/memory-host.ts';
import {
  type AgentDays,
  agentDays,
  flappingDays,
  gapAt,
  randomOf,
  runTimes,
  stateAt,
} from './testing/replayed-days.ts';

const mask = (text: string): Promise<string> => Promise.resolve(text);
/** After so long without a beat an agent is silent, with the slack for clocks; a grace of five minutes is over before. */
const SILENT_AFTER_MS = 302_000;

interface Told {
  readonly agent: string;
  readonly opened: string;
  readonly closed: string | null;
}

/** What ought to be told: the runs that see an outage, and the first after each that sees its end. */
function outagesSeen(agents: readonly AgentDays[], times: readonly number[]): Told[] {
  return agents.flatMap((agent) => {
    const told: Told[] = [];
    let opened: number | null = null;
    for (const ms of times) {
      const gap = gapAt(agent, ms);
      const isMissed = gap?.why === 'outage' && ms - gap.fromMs > SILENT_AFTER_MS;
      if (isMissed && opened === null) opened = ms;
      if (isMissed || opened === null) continue;
      told.push({ agent: agent.id, opened: toTime(opened), closed: toTime(ms) });
      opened = null;
    }
    return opened === null ? told : [...told, { agent: agent.id, opened: toTime(opened), closed: null }];
  });
}

const toldBy = (issues: readonly StoredIssue[]): Told[] =>
  issues.map(({ body, createdAt, closedAt }) => ({
    agent: partsOfKey(memoryIn(body)?.key ?? '').subject,
    opened: createdAt,
    closed: closedAt,
  }));

const sorted = (told: readonly Told[]): Told[] =>
  [...told].sort((a, b) => (a.agent + a.opened < b.agent + b.opened ? -1 : 1));

async function replay(agents: readonly AgentDays[], times: readonly number[]): Promise<MemoryHost> {
  const host = new MemoryHost(toTime(times[0] ?? 0));
  for (const ms of times) {
    host.now = toTime(ms);
    await runMonitor({ state: stateAt(agents, ms), now: host.now, host, mask });
  }
  return host;
}

describe('a hundred days', () => {
  it.each([1, 2, 3, 4])('open and close one issue for each real outage, and none else (seed %i)', async (seed) => {
    const random = randomOf(seed);
    const agents = ['build1', 'build2', 'build3', 'build4', 'build5'].map((id) => agentDays(id, random));
    const times = runTimes(random);

    const host = await replay(agents, times);

    const expected = outagesSeen(agents, times);
    const outages = agents.flatMap((it) => it.gaps.filter(({ why }) => why === 'outage'));
    const others = agents.flatMap((it) => it.gaps.filter(({ why }) => why !== 'outage'));
    expect(sorted(toldBy(host.issues))).toEqual(sorted(expected));
    expect(host.issues.map((it) => [it.turns.length, it.comments.length])).toEqual(host.issues.map(() => [2, 1]));
    // An issue is made, closed, and told to be over: nothing was written for nothing.
    expect(host.writes).toBe(expected.length * 3);
    expect(expected.length).toBeGreaterThan(outages.length * 0.6);
    expect(others.length).toBeGreaterThan(30);
    expect(times.length).toBeGreaterThan(5_000);
  });

  it('cost few words where an agent comes and goes all the time', async () => {
    const random = randomOf(7);
    const agent = flappingDays('build1', random);
    const times = runTimes(random);

    const host = await replay([agent], times);

    const [first, last] = [agent.gaps[0], agent.gaps.at(-1)];
    expect(agent.gaps.length).toBeGreaterThan(400);
    const turns = host.issues.flatMap((it) => it.turns.map(({ at }) => toMs(at)));
    const days = ((last?.toMs ?? 0) - (first?.fromMs ?? 0)) / 86_400_000;
    expect(turns.length).toBeLessThan(days * 8);
    expect(host.issues.flatMap((it) => it.comments).length).toBeLessThan(days * 8);
    expect(host.issues.filter((it) => it.open)).toEqual([]);
  });
});
