import { describe, expect, it } from 'vitest';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { type Connection, fleetStatus } from './fleet-status.ts';

const connection: Connection = {
  state: 'live',
  lastContactAt: noon,
  pushBudget: { perMinute: 6, used: 1, left: 5 },
  spool: 0,
};

describe('fleet-status', () => {
  it('is what gityard status --json promises', () => {
    const { state } = world()
      .yard({ name: 'acme' })
      .agent('mac', { pool: 'MacOS' })
      .job('b1', { status: 'running' })
      .beat('mac')
      .job('b2')
      .job('b3', { labels: ['gpu'] })
      .job('b4', { status: 'succeeded' })
      .job('b5', { status: 'succeeded', endedAt: minutesAfterNoon(-24 * 60) })
      .lock('free')
      .lock('db', { waiting: [{ holder: 'ann', since: noon, until: null }] });

    expect(fleetStatus(state, noon, { head: 'c0ffee', connection })).toEqual({
      yard: 'acme',
      head: 'c0ffee',
      at: noon,
      connection,
      agents: [
        {
          id: 'mac',
          pool: 'MacOS',
          status: 'Building',
          mode: 'active',
          modeBy: null,
          modeReason: null,
          modeUntil: null,
          health: 'fresh',
          lastBeatAt: noon,
          nextBeatBy: minutesAfterNoon(1),
          job: 'b1',
          takesNoJobs: null,
          stopped: false,
          cpuPercent: 10,
          memoryPercent: 20,
          diskFreeGB: 40,
          temperatureC: null,
          remoteMs: null,
          cacheHits: 0,
          cacheMisses: 0,
          strain: 'ok',
          strains: [],
          buildsToday: 2,
          successPercent: 100,
          successOf: 2,
          uptimePercent: null,
        },
      ],
      jobs: { queued: 2, running: 1, stuck: 1, succeededToday: 1, failedToday: 0 },
      locks: [
        {
          name: 'db',
          holder: null,
          token: null,
          acquiredAt: null,
          expiresAt: null,
          count: 1,
          waiting: ['ann'],
          holders: [],
          line: [expect.objectContaining({ holder: 'ann' })],
        },
      ],
      needsYou: [expect.objectContaining({ code: 'job-stuck', refs: ['b3', 'mac'] })],
      paused: [],
      upkeep: [],
      work: {
        buildsToday: 2,
        averageSeconds: 0,
        success: { day: { percent: 100, of: 2 }, week: { percent: 100, of: 2 }, month: { percent: 100, of: 2 } },
      },
      quarantined: 0,
    });
  });

  it('knows nothing of an agent that never gave a sign of life', () => {
    const { agents } = fleetStatus(world().agent('mac').state, noon, { head: 'c0ffee', connection });

    expect(agents).toEqual([
      expect.objectContaining({ status: 'Idle', health: 'unknown', lastBeatAt: null, cpuPercent: null }),
    ]);
  });
});
