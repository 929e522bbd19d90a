import { minutesAfterNoon, noon, type World, world } from '@gityard/domain/spec';
import { METRICS, type Meter, metricsBy, openMeter } from '@gityard/telemetry';
import { describe, expect, it } from 'vitest';
import { tellFleet } from './tell-fleet.ts';

const now = minutesAfterNoon(1);
const openAll = () => openMeter({ metrics: metricsBy('server') });
const numbers = (count: number): string[] => Array.from({ length: count }, (_, at) => String(at).padStart(3, '0'));

async function told(
  { state }: World,
  { meter, codes = new Set<string>() }: { meter?: Meter; codes?: Set<string> } = {},
) {
  const own = meter ?? (await openAll());
  tellFleet(own, { state, now, codes });
  return (await own.text()).text;
}

describe('the numbers of a fleet', () => {
  it('are those of its agents and its queue, and there from the start', async () => {
    const machine = { cpuPercent: 25, memoryPercent: 50, diskFreeGB: 100, uptimeSeconds: 60 };
    const text = await told(
      world()
        .agent('mac', { slots: 2 })
        .job('b1', { status: 'running', agent: 'mac' })
        .job('b2', { labels: ['gpu'] })
        .beat('mac', { machine: machine as never, cache: { hits: 3, misses: 1 } }),
    );

    expect(text).toContain('gityard_agents{status="Building"} 1\n');
    expect(text).toContain('gityard_agents{status="Offline"} 0\n');
    expect(text).toContain('gityard_jobs{status="running"} 1\n');
    expect(text).toContain('gityard_jobs_stuck 1\n');
    expect(text).toContain('gityard_needs_person{code="job-stuck"} 1\n');
    expect(text).toContain('gityard_queue_oldest_wait_seconds 60\n');
    expect(text).toContain('gityard_agent_cpu_ratio{agent="mac"} 0.25\n');
    expect(text).toContain('gityard_agent_disk_free_bytes{agent="mac"} 100000000000\n');
    expect(text).toContain('gityard_agent_slots{agent="mac"} 2\n');
    expect(text).toContain('gityard_agent_status{agent="mac",status="Building"} 1\n');
    expect(text).toContain('gityard_cache_hit_ratio 0.75\n');
    expect(text).not.toMatch(/gityard_build_success_ratio\{/);
  });

  it('name a hundred agents, and tell the others together: sums, and of ratios the average', async () => {
    const many = numbers(102).reduce(
      (all, id, at) =>
        all
          .agent(`a${id}`, { slots: 3 })
          .beat(`a${id}`, { machine: { cpuPercent: at === 100 ? 25 : 50, diskFreeGB: 1 } as never }),
      world(),
    );

    const text = await told(many);

    expect(text.match(/^gityard_agent_slots\{/gm)).toHaveLength(101);
    expect(text).toContain('gityard_agent_slots{agent="(others)"} 6\n');
    expect(text).toContain('gityard_agent_disk_free_bytes{agent="(others)"} 2000000000\n');
    expect(text).toContain('gityard_agent_cpu_ratio{agent="(others)"} 0.375\n');
    expect(text).not.toMatch(/agent_(?:status|uptime_seconds)\{agent="\(others\)/);
  });

  it('forget an agent that was removed, and keep what needed a person at nothing', async () => {
    const meter = await openAll();
    const codes = new Set<string>();
    await told(
      world()
        .agent('mac')
        .job('b2', { labels: ['gpu'] }),
      { meter, codes },
    );

    const text = await told(world(), { meter, codes });

    expect(text).not.toContain('mac');
    expect(text).toContain('gityard_needs_person{code="job-stuck"} 0\n');
  });

  it('name twenty projects by owner and name, the worst first, without what an address may hold besides', async () => {
    const failed = (all: World, id: string, repository: string) =>
      all.job(id, { status: 'failed', repository, endedAt: noon, attempts: [] });
    const many = numbers(25).reduce(
      (all, id) => failed(all, `j${id}`, `https://git.example.org/acme/p${id}.git`),
      world(),
    );
    const worst = failed(
      failed(many, 'w1', 'git@git.example.org:acme/worst.git'),
      'w2',
      'https://git.example.org/acme/worst',
    );

    const text = await told(worst);

    expect(text.match(/^gityard_project_failures\{/gm)).toHaveLength(21);
    expect(text).toContain('gityard_project_failures{project="acme/worst"} 2\n');
    expect(text).toContain('gityard_project_failures{project="(others)"} 6\n');
    expect(text).not.toContain('example.org');
  });
});

describe('the labels of metrics', () => {
  it('have the words of the domain', async () => {
    const { AGENT_STATUSES, HEALTHS, JOB_STATUSES, STRATEGIES, CAUSES } = await import('@gityard/domain');
    const { builds, fleet } = METRICS;

    expect(fleet.agents.labels.status).toEqual(AGENT_STATUSES);
    expect(fleet.agentHealth.labels.health).toEqual(HEALTHS);
    expect(fleet.jobs.labels.status).toEqual(JOB_STATUSES);
    expect(builds.buildsStarted.labels.strategy).toEqual(STRATEGIES);
    expect(builds.buildsFailed.labels.cause).toEqual([...CAUSES, 'unknown']);
  });
});
