import { describe, expect, it } from 'vitest';
import type { Agent } from '../entities/agent.ts';
import type { Heartbeat } from '../entities/heartbeat.ts';
import { minutesAfterNoon, noon, type World, world } from '../spec/world.ts';
import { agentCheckup } from './agent-checkup.ts';

const tools = { dotnet: '10.0.401', git: '2.39.5' };
const capabilities: Agent['capabilities'] = { os: 'linux', arch: 'x64', cores: 8, memoryGB: 16, diskGB: 500, tools };
const machine: Heartbeat['machine'] = {
  ...{ cpuPercent: 45, memoryPercent: 60, diskPercent: 30, diskFreeGB: 120 },
  ...{ load1: 1, uptimeSeconds: 259_200, temperatureC: null },
};
const aMac = (fields: Partial<Agent> = {}) => world().agent('mac', { capabilities, ...fields });
const longAgo = { at: minutesAfterNoon(-60), nextBeatBy: minutesAfterNoon(-59) };

function checkupOf({ state }: World) {
  const [agent] = state.agents;
  if (!agent) throw new Error('there is no agent');
  return agentCheckup(state, agent, noon);
}
const statusOf = (scene: World, name: string) => checkupOf(scene).checks.find((it) => it.name === name)?.status;

describe('agent-checkup', () => {
  it('tells how an agent is, in the words of the field', () => {
    const { checks, ...rest } = checkupOf(aMac().beat('mac', { machine, before: machine, remoteMs: 120.4 }));

    expect(rest).toEqual({
      ...{ agentId: 'mac', healthy: true, status: 'Idle', cpuUsage: 45, memoryUsage: 60 },
      ...{ diskSpaceAvailableGB: 120, lastHeartbeat: noon, uptime: 'PT72H' },
    });
    expect(checks.map(({ name, status, message }) => `${name}: ${status}, ${message}`)).toEqual([
      `Heartbeat: Healthy, last at ${noon}`,
      '.NET SDK: Healthy, 10.0.401',
      'Git: Healthy, 2.39.5',
      'Docker: Absent, not installed',
      'Disk Space: Healthy, 120 GB free',
      'Processor: Healthy, 45 % in use',
      'Memory: Healthy, 60 % in use',
      'Network: Healthy, the remote answers in 120 ms',
      'Daemon: Healthy, all of it runs',
      'Builds: Healthy, none failed by its fault lately',
    ]);
  });

  it('does not call one ill that was never heard of, nor well', () => {
    const checkup = checkupOf(aMac());

    expect(checkup).toMatchObject({ healthy: null, status: 'Idle', uptime: null, lastHeartbeat: null });
    expect(checkup.checks.filter((it) => it.status === 'Unhealthy')).toEqual([]);
  });

  it('does not call what a silent one measured long ago well', () => {
    const scene = aMac().beat('mac', { machine, before: machine, ...longAgo });

    expect(checkupOf(scene)).toMatchObject({ healthy: false, status: 'Offline' });
    expect(['Heartbeat', 'Disk Space', 'Processor', 'Network', 'Daemon'].map((it) => statusOf(scene, it))).toEqual([
      ...['Unhealthy', 'Unknown', 'Unknown', 'Unknown', 'Unknown'],
    ]);
  });

  it.each([
    ['a full disk', { machine: { ...machine, diskPercent: 95 } }, 'Disk Space', 'Unhealthy', false],
    ['a disk that fills', { machine: { ...machine, diskPercent: 85 } }, 'Disk Space', 'Degraded', true],
    [
      'a loop that fails',
      { loops: [{ name: 'work', doing: 'x', since: noon, error: 'EIO' }] },
      'Daemon',
      'Degraded',
      true,
    ],
    ['its own last word', { stopped: true }, 'Heartbeat', 'Unhealthy', false],
  ] as const)('judges %s', (_, beat, name, status, healthy) => {
    const scene = aMac().beat('mac', { machine, before: machine, ...beat } as Partial<Heartbeat>);

    expect({ status: statusOf(scene, name), healthy: checkupOf(scene).healthy }).toEqual({ status, healthy });
  });

  it('calls one ill whose builds failed by its own fault', () => {
    const sick = { mode: 'maintenance', modeBy: 'gityard', modeReason: 'sick: 3 builds in a row failed' } as const;
    const scene = aMac(sick).beat('mac', { machine, before: machine });

    expect(statusOf(scene, 'Builds')).toBe('Unhealthy');
    expect(checkupOf(scene).healthy).toBe(false);
  });
});
