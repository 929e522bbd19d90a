import { describe, expect, it } from 'vitest';
import type { Agent } from '../entities/agent.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { agentView, agentViews } from './agent-view.ts';

const capabilities: Agent['capabilities'] = {
  ...{ os: 'linux', arch: 'x64', cores: 8, memoryGB: 16.8, diskGB: 500 },
  tools: { dotnet: '10.0.401', git: '2.39.5', cache: 'team', docker: '24.0.7' },
  sdks: { dotnet: ['8.0.404', '10.0.401'] },
};
const viewOf = ({ state }: World, now = noon) => {
  const [agent] = state.agents;
  if (!agent) throw new Error('there is no agent');
  return agentView(state, agent, now);
};

describe('agent-view', () => {
  it('tells what an agent is, can do and does', () => {
    const scene = world()
      .agent('mac', { capabilities, slots: 2, labels: ['gpu'], host: 'mac.example' })
      .job('b1', { status: 'running' })
      .beat('mac');

    expect(viewOf(scene)).toEqual({
      agentId: 'mac',
      hostname: 'mac.example',
      targetType: 'Linux',
      pool: 'Linux',
      labels: ['gpu'],
      status: 'Building',
      health: 'fresh',
      mode: 'active',
      modeReason: null,
      modeUntil: null,
      currentJob: 'b1',
      currentJobs: ['b1'],
      cpuUsage: 10,
      memoryUsage: 20,
      lastHeartbeat: noon,
      capabilities: {
        installedSdks: ['dotnet 8.0.404', 'dotnet 10.0.401'],
        installedTools: ['docker 24.0.7', 'git 2.39.5'],
        maxConcurrentBuilds: 2,
        availableDiskSpaceGB: 40,
        cpuCores: 8,
        totalMemoryGB: 16.8,
      },
    });
  });

  it('knows nothing of one that was never heard of, and does not call it away', () => {
    expect(viewOf(world().agent('mac'))).toMatchObject({
      ...{ status: 'Idle', health: 'unknown', cpuUsage: null, memoryUsage: null, lastHeartbeat: null },
      capabilities: { availableDiskSpaceGB: null },
    });
  });

  it.each([
    ['docker', 'linux', 'Docker'],
    ['Blue team', 'win32', 'Windows'],
    ['Blue team', 'darwin', 'MacOS'],
    ['Blue team', 'constructor', null],
  ])('takes an agent of pool %s on %s for %s', (pool, os, targetType) => {
    expect(viewOf(world().agent('mac', { pool, capabilities: { ...capabilities, os } })).targetType).toBe(targetType);
  });

  it('has the .NET SDK among the SDKs also where only one version is known', () => {
    const { sdks: _, ...one } = capabilities;

    expect(viewOf(world().agent('mac', { capabilities: one })).capabilities).toMatchObject({
      installedSdks: ['dotnet 10.0.401'],
      installedTools: ['docker 24.0.7', 'git 2.39.5'],
    });
  });

  it('says why and until when an agent is away on purpose, and not any more when that is over', () => {
    const modeUntil = minutesAfterNoon(5);
    const scene = world().agent('mac', { mode: 'maintenance', modeReason: 'new disk', modeUntil });

    expect(viewOf(scene)).toMatchObject({ status: 'Maintenance', modeReason: 'new disk', modeUntil });
    expect(viewOf(scene, modeUntil)).toMatchObject({ mode: 'active', modeReason: null, modeUntil: null });
  });

  it('lists agents by their names', () => {
    const { state } = world().agent('pc').agent('mac');

    expect(agentViews(state, noon).map((it) => it.agentId)).toEqual(['mac', 'pc']);
  });
});
