import { minutesAfterNoon, noon, world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import { livePeers, rivals, turnMs } from './peers.ts';

const fleet = world()
  .agent('idle')
  .agent('busy')
  .agent('draining', { mode: 'draining' })
  .agent('silent')
  .agent('gone')
  .agent('script')
  .agent('windows', { labels: ['windows'] })
  .job('b0', { status: 'running', agent: 'busy' })
  .job('b1', { labels: [] })
  .beat('idle')
  .beat('busy')
  .beat('draining')
  .beat('silent', { at: minutesAfterNoon(-60) })
  .beat('gone', { stopped: true })
  .beat('script', { pid: 0 })
  .beat('windows');

describe('peers', () => {
  it('are daemons that give signs of life', () => {
    expect(
      livePeers(fleet.state, noon)
        .map((it) => it.id)
        .sort(),
    ).toEqual(['busy', 'draining', 'idle', 'windows']);
  });

  it('compete for a job only when they would claim it themselves', () => {
    expect(
      rivals(fleet.state, 'b1', noon)
        .map((it) => it.id)
        .sort(),
    ).toEqual(['idle', 'windows']);
  });

  it('each have a turn of their own, and the first need not wait', () => {
    const others = ['a', 'b', 'c', 'd'];
    const turns = others.map((self) => turnMs('b1', { self, others, roundTripMs: 100 }));

    expect(turns.toSorted((a, b) => a - b)).toEqual([0, 150, 300, 450]);
  });
});
