import { readModelFrom } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { apiOf, ask, handSource, sampleModel } from '../testing/world.ts';

describe('metrics', () => {
  it('tells the totals, and how much of the push budget is used and left, where there is one', async () => {
    const source = handSource(sampleModel(3));
    const api = await apiOf({ source });
    const free = await ask(api, '/metrics');

    expect(free.headers['content-type']).toContain('text/plain; version=0.0.4');
    expect(free.body).toContain('gityard_total{of="queued"} 3\n');
    expect(free.body).not.toContain('pushes');

    source.push({ ...sampleModel(4), push: { perMinute: 6, used: 4, left: 2 } });
    const { body } = await ask(api, '/metrics');
    expect(body).toContain('gityard_total{of="queued"} 4\n');
    expect(body).toContain('gityard_pushes_per_minute{kind="budget"} 6\n');
    expect(body).toContain('gityard_pushes_per_minute{kind="used"} 4\n');
    expect(body).toContain('gityard_pushes_per_minute{kind="left"} 2\n');
  });

  it('tells how often builds found something in the cache, of each agent that looked', async () => {
    const agentOf = (id: string, use: object) => ({ id, pool: 'linux', status: 'Idle', health: 'fresh', ...use });
    const told = readModelFrom({
      ...sampleModel(3),
      agents: [agentOf('build1', { cacheHits: 90, cacheMisses: 30 }), agentOf('build2', {})],
    });
    if (!told.ok) throw new Error(told.reason);
    const { body } = await ask(await apiOf({ source: handSource(told.value) }), '/metrics');

    expect(body).toContain('CacheHits{agent="build1"} 90\n');
    expect(body).toContain('CacheMisses{agent="build1"} 30\n');
    expect(body).toContain('CacheHitRate{agent="build1"} 0.75\n');
    expect(body).not.toContain('build2');
  });

  it('has nothing to tell before the yard was read', async () => {
    expect(await ask(await apiOf({ source: handSource() }), '/metrics')).toMatchObject({ status: 503 });
  });
});
