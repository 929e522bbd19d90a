/** The trees and the status bar, drawn from worlds of the domain. */
import { minutesAfterNoon, noon, world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import { modelOf } from '../testing/models.fixture.ts';
import { agentRows } from './agent-rows.ts';
import { type Connection, connectionWords } from './connection.ts';
import { fleetHealth } from './fleet-health.ts';
import { jobRows } from './job-rows.ts';
import { messageRows } from './message-rows.ts';
import { needRows } from './need-rows.ts';
import { PAGE_ROWS, paged, type Row } from './row.ts';

const LIVE: Connection = { kind: 'live', reason: null };
const SERVER = 'http://127.0.0.1:7420';
const labels = (rows: readonly Row[]) => rows.map(({ label }) => label);

describe('agent-rows', () => {
  it('has the worst first, and says of each how it stands', () => {
    const { state } = world()
      .agent('zoe')
      .beat('zoe')
      .agent('ann')
      .beat('ann', { at: minutesAfterNoon(-60), nextBeatBy: minutesAfterNoon(-59) })
      .agent('bob', { mode: 'draining', modeReason: 'new disk' })
      .beat('bob')
      .agent('new');

    const rows = agentRows(modelOf(state), noon);

    expect(rows.map(({ label, description }) => [label, description?.split(' · ')[0]])).toEqual([
      ['ann', 'silent'],
      ['new', 'unknown'],
      ['zoe', 'up'],
      ['bob', 'taken out'],
    ]);
    expect(rows.map(({ context }) => context)).toEqual([
      'agent.active',
      'agent.active',
      'agent.active',
      'agent.paused',
    ]);
    expect(rows.map(({ icon }) => icon.colour)).toEqual([
      'charts.red',
      'disabledForeground',
      'charts.green',
      'charts.yellow',
    ]);
  });

  it('lets an agent become silent with no news at all', () => {
    const model = modelOf(world().agent('mac').beat('mac').state);

    const [before] = agentRows(model, noon);
    const [after] = agentRows(model, minutesAfterNoon(30));

    expect([before?.icon.name, after?.icon.name]).toEqual(['vm-active', 'error']);
  });

  it('keeps text of strangers as text', () => {
    const { state } = world().agent('mac', { host: '[x](command:evil) <img>' }).beat('mac');

    expect(agentRows(modelOf(state), noon)[0]?.tooltip).toContain('\\[x\\]\\(command\\:evil\\) \\<img\\>');
  });
});

describe('job-rows', () => {
  it('has what is stuck, runs, waits and has ended apart, each with what can be done', () => {
    const { state } = world()
      .agent('mac')
      .job('b1', { status: 'running', agent: 'mac' })
      .beat('mac')
      .job('b2')
      .job('b3', { requires: ['fortran'] })
      .job('b4', { status: 'failed' });

    const groups = jobRows(modelOf(state), noon);

    expect(groups.map(({ label, description }) => [label, description])).toEqual([
      ['Stuck', '1'],
      ['Running', '1'],
      ['Waiting', '1'],
      ['Ended', '1'],
    ]);
    const rows = groups.flatMap(({ children = [] }) => children);
    expect(rows.map(({ target, context, command }) => [target, context, command])).toEqual([
      ['b3', 'job.waiting', 'gityard.whyJob'],
      ['b1', 'job.held', 'gityard.followLog'],
      ['b2', 'job.waiting', 'gityard.whyJob'],
      ['b4', 'job.ended', 'gityard.followLog'],
    ]);
  });

  it('has no rows where there is nothing', () => {
    expect(jobRows(modelOf(world().state), noon)).toEqual([]);
  });
});

describe('message-rows', () => {
  it('has first what somebody has to acknowledge', () => {
    const { state } = world()
      .agent('mac')
      .beat('mac')
      .message('m1', { subject: 'Hello' })
      .message('m2', { subject: 'Disk', to: 'mac', ackBy: minutesAfterNoon(60) });

    const rows = messageRows(modelOf(state), noon);

    expect(labels(rows)).toEqual(['To be acknowledged', 'Hello']);
    expect(rows[0]?.children?.map(({ context, label }) => [context, label])).toEqual([['message.awaited', 'Disk']]);
  });
});

describe('need-rows', () => {
  it('leads from each need to what it is about, and says when there is none', () => {
    const { state } = world()
      .agent('mac')
      .beat('mac', { at: minutesAfterNoon(-60), nextBeatBy: minutesAfterNoon(-59) })
      .job('b3', { requires: ['fortran'] });

    const rows = needRows(modelOf(state));

    expect(rows.map(({ context, target }) => [context, target])).toEqual([
      ['job.waiting', 'b3'],
      ['agent.named', 'mac'],
    ]);
    expect(labels(needRows(modelOf(world().state)))).toEqual(['No agent has joined yet, 0 running, 0 waiting']);
  });
});

describe('row', () => {
  it('shows a level in pages, the last of which says nothing of more', () => {
    const rows = Array.from(
      { length: PAGE_ROWS * 2 + 5 },
      (_, at): Row => ({ key: `${at}`, label: `${at}`, icon: { name: 'dash' } }),
    );

    const first = paged(rows, { level: 'jobs', pages: 1 });
    const last = paged(rows, { level: 'jobs', pages: 3 });

    expect(first.length).toBe(PAGE_ROWS + 1);
    expect(first.at(-1)).toMatchObject({
      label: `Show ${PAGE_ROWS} more`,
      target: 'jobs',
      command: 'gityard.showMore',
    });
    expect(paged(rows, { level: 'jobs', pages: 2 }).at(-1)?.label).toBe('Show 5 more');
    expect(last).toEqual(rows);
  });
});

describe('fleet-health', () => {
  const health = (state: Parameters<typeof modelOf>[0], connection = LIVE) =>
    fleetHealth({ model: modelOf(state), connection, server: SERVER }, noon);

  it('says the worst alone', () => {
    const silent = world()
      .agent('mac')
      .beat('mac', { at: minutesAfterNoon(-60), nextBeatBy: minutesAfterNoon(-59) });
    const stuck = world()
      .agent('mac')
      .beat('mac')
      .job('b3', { requires: ['fortran'] });
    const calm = world().agent('mac').beat('mac');

    expect(health(silent.job('b3', { requires: ['fortran'] }).state)).toMatchObject({
      tone: 'error',
      text: expect.stringContaining('1 agent silent'),
    });
    expect(health(stuck.state)).toMatchObject({ tone: 'warning', text: expect.stringContaining('1 job stuck') });
    expect(health(calm.state)).toMatchObject({ tone: 'calm', text: expect.stringContaining('1 of 1 up') });
  });

  it('goes on showing what is known when the server is away, and says that it may be old', () => {
    const { text, tooltip } = health(world().agent('mac').beat('mac').state, {
      kind: 'offline',
      reason: 'the server cannot be reached',
    });

    expect(text).toContain('$(debug-disconnect)');
    expect(tooltip).toContain('the server cannot be reached');
  });

  it('takes no icon from the name of a yard', () => {
    const { state } = world().yard({ name: '$(error) x' });

    expect(health(state).text).toMatch(/^\$\(server\) error x: /);
  });

  it.each(['none', 'connecting', 'offline', 'denied'] as const)(
    'has words for a yard that was never seen: %s',
    (kind) => {
      const { text, tooltip } = fleetHealth(
        { model: undefined, connection: { kind, reason: null }, server: SERVER },
        noon,
      );

      expect(text).toMatch(/^\$\(\S+\) Gityard/);
      expect(tooltip.replaceAll('\\', '')).toBe(connectionWords({ kind, reason: null }, SERVER));
    },
  );
});
