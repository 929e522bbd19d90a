import { describe, expect, it } from 'vitest';
import type { CommandWish } from '../../entities/queue-file.ts';
import { refusal, stateAfter } from '../../spec/outcome.ts';
import { aMessage, anAgent } from '../../spec/samples.ts';
import { minutesAfterNoon, noon, world } from '../../spec/world.ts';
import type { State } from '../../state.ts';
import { grantCommand } from './grant-command.ts';

const by = { by: 'ann', now: noon };
const wish = (op: CommandWish['op'], target: string, args = {}): CommandWish => ({ op, target, args, if: {} });
const hold = { holder: 'bob', token: 1, acquiredAt: noon, expiresAt: null, reason: null };
const later = minutesAfterNoon(60);
const all = (): State =>
  world()
    .agent('mac')
    .agent('pc', { mode: 'draining' })
    .job('b1')
    .job('b2', { status: 'failed' })
    .job('b3', { paused: { by: 'bob', at: noon, reason: null, until: null } })
    .message('m1', { from: 'bob', to: 'all' })
    .lock('db', { token: 1, holders: [hold] }).state;

const CASES: readonly [CommandWish, (state: State) => unknown, unknown][] = [
  [wish('cancel', 'b1'), (state) => state.jobs.get('b1')?.status, 'cancelled'],
  [wish('retry', 'b2'), (state) => state.jobs.get('b2')?.status, 'queued'],
  [wish('prioritise', 'b1', { priority: 2 }), (state) => state.jobs.get('b1')?.priority, 2],
  [wish('priority', 'b1', { priority: 2 }), (state) => state.jobs.get('b1')?.priority, 2],
  [wish('assign', 'b1', { agent: 'mac' }), (state) => state.jobs.get('b1')?.assignedTo, 'mac'],
  [wish('drain', 'mac', { reason: 'new disk' }), (state) => state.agents.get('mac')?.modeReason, 'new disk'],
  [wish('assign', 'b1', { agent: 'mac', until: later }), (state) => state.jobs.get('b1')?.assignedUntil, later],
  [wish('pause', 'b1', { until: later }), (state) => state.jobs.get('b1')?.paused?.until, later],
  [wish('unpause', 'b3'), (state) => state.jobs.get('b3')?.paused, null],
  [wish('pause-pool', 'Linux', { reason: 'moving' }), ({ yard }) => yard.paused.pools.Linux?.reason, 'moving'],
  [wish('resume-pool', 'Linux'), ({ yard }) => yard.paused.pools, {}],
  [wish('pause-fleet', 'all'), ({ yard }) => yard.paused.fleet?.by, 'ann'],
  [wish('resume-fleet', 'all'), ({ yard }) => yard.paused.fleet, null],
  [wish('maintain', 'mac', { until: later }), (state) => state.agents.get('mac')?.modeUntil, later],
  [wish('resume', 'pc'), (state) => state.agents.get('pc')?.mode, 'active'],
  [wish('resume', 'b3'), (state) => state.jobs.get('b3')?.paused, null],
  [wish('remove', 'mac'), (state) => state.agents.has('mac'), false],
  [wish('read', 'm1'), (state) => state.messages.get('m1')?.readBy, { ann: noon }],
  [wish('acknowledge', 'm1', { reader: 'pc' }), (state) => state.messages.get('m1')?.ackedBy, { pc: noon }],
  [wish('ack', 'm1'), (state) => state.messages.get('m1')?.ackedBy, { ann: noon }],
  [wish('break-lock', 'db', { reason: 'bob left' }), (state) => state.locks.get('db')?.holders, []],
];

describe('grant-command', () => {
  it.each(CASES)('does what %o asks', (command, seen, expected) => {
    expect(seen(stateAfter(all(), grantCommand(all(), command, by)))).toEqual(expected);
  });

  it('refuses when the target is no longer as the wish expects it', () => {
    const command = { ...wish('cancel', 'b2'), if: { status: 'queued' } };

    expect(grantCommand(all(), command, by)).toMatchObject({
      ...refusal('CONFLICT'),
      reason: 'cancel b2: status is failed, not queued',
    });
  });

  it('judges by the very thing that it would change, found by the beginning of its name as well', () => {
    const { state } = world(all()).agent('b1x').job('b1x', { status: 'failed' });
    const expecting = (op: CommandWish['op'], target: string, expected: Record<string, string>) =>
      grantCommand(state, { ...wish(op, target), if: expected }, by);

    expect(expecting('drain', 'b1x', { mode: 'active' })).toMatchObject({ ok: true });
    expect(expecting('retry', 'b1x', { status: 'failed', agent: 'null' })).toMatchObject({ ok: true });
    expect(expecting('cancel', 'b2', { status: 'queued' })).toMatchObject(refusal('CONFLICT'));
    expect(expecting('cancel', 'b', { status: 'queued' })).toMatchObject({
      reason: expect.stringMatching(/^cancel b: \d jobs begin with b$/),
    });
    expect(expecting('pause-pool', 'Linux', { mode: 'active' })).toMatchObject(refusal('CONFLICT'));
    expect(expecting('cancel', 'b1', { constructor: 'Object' })).toMatchObject({
      reason: 'cancel b1: constructor is not there, not Object',
    });
  });

  it('breaks no lock without a reason, and gives no priority that is none', () => {
    expect(grantCommand(all(), wish('break-lock', 'db'), by)).toMatchObject(refusal('REASON_REQUIRED'));
    expect(grantCommand(all(), wish('prioritise', 'b1', { priority: 'soon' }), by)).toMatchObject(
      refusal('INVALID_DATA'),
    );
  });

  it('takes a time only as files are written with it', () => {
    for (const until of ['tomorrow', '2026-03-02 13:00', '2026-03-02T13:00:00+01:00'])
      expect(grantCommand(all(), wish('pause', 'b1', { until }), by)).toMatchObject(refusal('INVALID_DATA'));
  });

  it('leaves alone what it was not asked about', () => {
    const after = stateAfter(all(), grantCommand(all(), wish('cancel', 'b1'), by));

    expect(after.agents.get('mac')).toEqual(anAgent('mac', noon, {}));
    expect(after.messages.get('m1')).toEqual(aMessage('m1', noon, { from: 'bob', to: 'all' }));
  });
});
