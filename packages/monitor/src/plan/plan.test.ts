import { minutesAfterNoon, noon, world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import { aFinding, type Finding } from '../finding.ts';
import type { Issue } from '../issues/host.ts';
import { type Memory, markerOf, newMemory } from '../issues/marker.ts';
import { plan, type Situation } from './plan.ts';

const settings = world().state.yard.monitor;
const KEY = 'agent-silent:mac';
const silent = (fields: Partial<Finding> = {}): Finding =>
  aFinding({ key: KEY, says: 'agent-silent', title: 'agent mac is silent', text: 'it is silent', ...fields });

function issue(number: number, fields: Partial<Issue> = {}, memory: Partial<Memory> = {}): Issue {
  const remembered = { ...newMemory(KEY, 'agent-silent', noon), ...memory };
  const labels = ['automated', 'health-alert'];
  return { number, open: true, body: markerOf(remembered), labels, closedAt: null, memory: remembered, ...fields };
}

const planned = (situation: Partial<Situation>) =>
  plan({
    findings: [],
    issues: [],
    howItEnded: () => 'it is well',
    settings,
    yardId: null,
    now: noon,
    ...situation,
  }).map((it) => [it.does, it.does === 'open' ? it.finding.key : it.issue.number]);

const closed = (at: string): Partial<Issue> => ({ open: false, closedAt: at });
const over = { says: 'over' };

describe('the plan', () => {
  it('opens an issue for what has lasted, and waits with what may pass', () => {
    const since = (minutes: number) => silent({ since: minutesAfterNoon(-minutes) });

    expect(planned({ findings: [since(5)] })).toEqual([['open', KEY]]);
    expect(planned({ findings: [since(4)] })).toEqual([]);
    expect(planned({ findings: [silent({ opens: false })] })).toEqual([]);
  });

  it('leaves alone what people know already', () => {
    expect(planned({ findings: [silent({ text: 'other words for it' })], issues: [issue(1)] })).toEqual([]);
  });

  it('tells of another state once', () => {
    const findings = [silent({ says: 'agent-silent-holding' })];

    expect(planned({ findings, issues: [issue(1)] })).toEqual([['update', 1]]);
    expect(planned({ findings, issues: [issue(1, {}, { says: 'agent-silent-holding' })] })).toEqual([]);
  });

  it('waits with the news of a state that changes to and fro', () => {
    const told = [-300, -200, -100, -50].map(minutesAfterNoon);
    const situation = { findings: [silent({ says: 'agent-silent-holding' })], issues: [issue(1, {}, { told })] };

    expect(planned(situation)).toEqual([]);
    expect(planned({ ...situation, now: minutesAfterNoon(71) })).toEqual([['update', 1]]);
  });

  it('closes what is over, and keeps open what nothing proves', () => {
    expect(planned({ issues: [issue(1)] })).toEqual([['close', 1]]);
    expect(planned({ issues: [issue(1)], howItEnded: () => null })).toEqual([]);
    expect(planned({ findings: [silent({ opens: false })], issues: [issue(1)] })).toEqual([]);
  });

  it('opens the old issue again where it comes back soon, and a new one later', () => {
    const findings = [silent()];

    expect(planned({ findings, issues: [issue(1, closed(minutesAfterNoon(-359)), over)] })).toEqual([['reopen', 1]]);
    expect(planned({ findings, issues: [issue(1, closed(minutesAfterNoon(-361)), over)] })).toEqual([['open', KEY]]);
  });

  it('closes what came back only when it was well for long enough', () => {
    const memory = { told: [minutesAfterNoon(-60), minutesAfterNoon(-30)] };

    expect(planned({ issues: [issue(1, {}, memory)] })).toEqual([['note', 1]]);
    const waiting = { ...memory, wellSince: minutesAfterNoon(-29) };
    expect(planned({ issues: [issue(1, {}, waiting)] })).toEqual([]);
    expect(planned({ issues: [issue(1, {}, waiting)], now: minutesAfterNoon(1) })).toEqual([['close', 1]]);
    expect(planned({ findings: [silent()], issues: [issue(1, {}, waiting)] })).toEqual([['note', 1]]);
  });

  it('does not argue with who closed an issue, and tells when it comes back another time', () => {
    const findings = [silent()];
    const byHand = issue(1, closed(minutesAfterNoon(-1)));

    expect(planned({ findings, issues: [byHand] })).toEqual([]);
    expect(planned({ issues: [byHand] })).toEqual([['note', 1]]);
  });

  it('does not close what somebody opened again', () => {
    expect(planned({ issues: [issue(1, {}, over)] })).toEqual([]);
  });

  it('keeps the elder of two issues, and forgets the younger for good', () => {
    const findings = [silent()];

    expect(planned({ findings, issues: [issue(9), issue(4)] })).toEqual([['merge', 9]]);
    const merged = issue(9, closed(noon), { says: 'duplicate' });
    expect(planned({ findings, issues: [merged] })).toEqual([['open', KEY]]);
  });

  it('leaves alone what is told of another yard, and takes what no yard is named in for its own', () => {
    const [ours, theirs] = [silent(), { yard: 'theirs' }];

    expect(planned({ findings: [ours], issues: [issue(1, {}, theirs)], yardId: 'ours' })).toEqual([['open', KEY]]);
    expect(planned({ issues: [issue(1, {}, theirs)], yardId: 'ours' })).toEqual([]);
    expect(planned({ issues: [issue(1)], yardId: 'ours' })).toEqual([['close', 1]]);
  });

  it('does not wait for a time that only a wrong clock has seen', () => {
    const [hourAgo, nextYear] = [minutesAfterNoon(-60), minutesAfterNoon(525_600)];
    const told = [hourAgo, nextYear];
    const findings = [silent({ says: 'agent-silent-holding' })];

    expect(planned({ issues: [issue(1, {}, { told })] })).toEqual([['close', 1]]);
    expect(planned({ findings, issues: [issue(1, {}, { told })] })).toEqual([['update', 1]]);
    const waiting = { told: [minutesAfterNoon(-90), hourAgo], wellSince: nextYear };
    expect(planned({ issues: [issue(1, {}, waiting)] })).toEqual([['note', 1]]);
  });

  it('puts labels back that were taken off', () => {
    expect(planned({ findings: [silent()], issues: [issue(1, { labels: ['mine'] })] })).toEqual([['label', 1]]);
  });

  it('opens no more issues than are allowed, the worst first, and one that tells of the rest', () => {
    const many = Array.from({ length: 8 }, (_, at) => silent({ key: `agent-silent:a${at}`, severity: 'normal' }));
    const findings = [...many, silent({ key: 'agent-silent:worst', severity: 'high' })];
    const few = { ...settings, mostOpen: 3 };

    const [first, second, third, rest, ...none] = planned({ findings, settings: few });
    expect([first, rest, none]).toEqual([['open', 'agent-silent:worst'], ['open', 'too-many:issues'], []]);
    expect([second?.[1], third?.[1]]).toEqual(['agent-silent:a0', 'agent-silent:a1']);

    const rests = issue(7, {}, newMemory('too-many:issues', 'too-many', noon));
    expect(planned({ findings: findings.slice(0, 2), issues: [rests], settings: few })).toEqual([
      ['close', 7],
      ['open', 'agent-silent:a0'],
      ['open', 'agent-silent:a1'],
    ]);
  });
});
