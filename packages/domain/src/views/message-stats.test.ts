import { describe, expect, it } from 'vitest';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import { messageStats } from './message-stats.ts';

describe('message-stats', () => {
  it('counts by kind and by agent, and tells how fast and how often people answer', () => {
    const { state } = world()
      .agent('mac')
      .agent('pc')
      .message('m1', { from: 'mac', to: 'all', type: 'request', ackBy: noon, readBy: { pc: minutesAfterNoon(1) } })
      .message('m2', { from: 'pc', to: 'mac', readBy: { mac: minutesAfterNoon(3) }, followUps: { escalation: 'm4' } })
      .message('m3', {
        from: 'ann',
        to: 'mac',
        priority: 'high',
        ackBy: noon,
        ackedBy: { Mac: noon },
        readBy: { mac: noon },
      })
      .message('m4', { from: 'system', to: 'mac', automatic: true });

    expect(messageStats(state, minutesAfterNoon(5))).toEqual({
      total: 4,
      automatic: 1,
      withFile: 0,
      byType: { request: 1, info: 3 },
      byPriority: { normal: 3, high: 1 },
      byAgent: {
        ann: { sent: 1, received: 0, unread: 0, medianSecondsToRead: null },
        mac: { sent: 1, received: 3, unread: 1, medianSecondsToRead: 90 },
        pc: { sent: 1, received: 1, unread: 0, medianSecondsToRead: 60 },
        system: { sent: 1, received: 0, unread: 0, medianSecondsToRead: null },
      },
      unreadBy: { mac: 1, pc: 0 },
      medianSecondsToRead: 60,
      awaitingAck: 1,
      ackOverdue: 1,
      escalated: 1,
      ackRate: 0.5,
    });
  });

  it('knows nothing of nothing', () => {
    expect(messageStats(world().state, noon)).toMatchObject({ total: 0, medianSecondsToRead: null, ackRate: null });
  });
});
