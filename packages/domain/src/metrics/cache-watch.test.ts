import { describe, expect, it } from 'vitest';
import { world } from '../spec/world.ts';
import { CacheWatch } from './cache-watch.ts';

const beats = (...agents: [id: string, boot: string, hits: number, misses: number][]) =>
  agents.reduce((all, [id, boot, hits, misses]) => all.agent(id).beat(id, { boot, cache: { hits, misses } }), world())
    .state.heartbeats;

describe('watching caches', () => {
  it('tells what came since the last look, of lives that began since then all, and nothing of those before the first', () => {
    const watch = new CacheWatch();

    expect(watch.look(beats(['mac', 'b1', 10, 5]))).toEqual({ hits: 0, misses: 0 });
    expect(watch.look(beats(['mac', 'b1', 12, 5]))).toEqual({ hits: 2, misses: 0 });
    expect(watch.look(beats(['mac', 'b2', 3, 1], ['pc', 'b1', 1, 1]))).toEqual({ hits: 4, misses: 2 });
  });

  it('takes nothing back, and tells nothing twice, when it sees an older beat', () => {
    const watch = new CacheWatch();
    watch.look(beats(['mac', 'b1', 10, 5]));
    watch.look(beats(['mac', 'b1', 12, 6]));

    expect(watch.look(beats(['mac', 'b1', 11, 5]))).toEqual({ hits: 0, misses: 0 });
    expect(watch.look(beats(['mac', 'b1', 13, 6]))).toEqual({ hits: 1, misses: 0 });
  });
});
