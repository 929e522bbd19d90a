import { describe, expect, it } from 'vitest';
import type { AgentStatus } from '../entities/read-model.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { agentStatus, agentsWorstFirst } from './agent-status.ts';

const longAgo = { at: minutesAfterNoon(-60), nextBeatBy: minutesAfterNoon(-59) };
const CASES: readonly [string, World, AgentStatus][] = [
  ['that waits for work', world().agent('mac').beat('mac'), 'Idle'],
  ['with a job', world().agent('mac').job('b1', { status: 'claimed' }).beat('mac'), 'Building'],
  ['that is silent', world().agent('mac').beat('mac', longAgo), 'Offline'],
  ['that is silent with a job', world().agent('mac').job('b1', { status: 'running' }).beat('mac', longAgo), 'Offline'],
  ['that was stopped', world().agent('mac').beat('mac', { stopped: true }), 'Offline'],
  [
    'that was stopped with a job in its hands',
    world().agent('mac').job('b1', { status: 'running' }).beat('mac', { stopped: true }),
    'Building',
  ],
  ['that was never heard of', world().agent('mac'), 'Idle'],
  [
    'that drains and still builds',
    world().agent('mac', { mode: 'draining' }).job('b1', { status: 'running' }).beat('mac'),
    'Building',
  ],
  ['in maintenance, though silent', world().agent('mac', { mode: 'maintenance' }).beat('mac', longAgo), 'Maintenance'],
];

describe('agent-status', () => {
  it.each(CASES)('of an agent %s', (_, { state }, expected) => {
    const [agent] = state.agents;

    expect(agent && agentStatus(state, agent, noon)).toBe(expected);
  });

  it('lists the worst first', () => {
    const late = { at: minutesAfterNoon(-3), nextBeatBy: minutesAfterNoon(-2) };
    const { state } = world()
      .agent('resting', { mode: 'maintenance' })
      .agent('idle')
      .beat('idle')
      .agent('building')
      .job('b1', { status: 'running', agent: 'building' })
      .beat('building')
      .agent('unheard')
      .agent('late')
      .beat('late', late)
      .agent('silent')
      .beat('silent', longAgo)
      .agent('lost')
      .job('b2', { status: 'running', agent: 'lost' })
      .beat('lost', longAgo);

    expect(agentsWorstFirst(state, noon).map((agent) => agent.id)).toEqual([
      'lost',
      'silent',
      'late',
      'unheard',
      'building',
      'idle',
      'resting',
    ]);
  });
});
