import { promtool, whyNoPrometheus } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import { METRICS, metricsBy } from './list.ts';
import { openMeter } from './meter.ts';
import { knownSeries, NO_LABELS } from './metric.ts';
import { tellProcess } from './tell-process.ts';
import { tellRemote } from './tell-remote.ts';

const { builds, fleet, yard, agent } = METRICS;
const ref = { commits: 1, conflicts: 1, unclear: 0, pushes: 2, fetches: 5 };
const remote = {
  connection: { state: 'live', lastContactAt: '2026-03-02T12:00:00.000Z' },
  counters: { state: ref, live: ref, logs: ref },
  budget: null,
};

/** Everything that is there, told once. */
async function fullMeter(by: 'server' | 'agent' | 'audit' | 'backup') {
  const metrics = metricsBy(by);
  const meter = await openMeter({ metrics, labels: by === 'agent' ? { agent: 'mac' } : {} });
  for (const it of metrics) {
    const labels =
      knownSeries(it)[0] ?? Object.fromEntries(Object.keys(it.labels).map((label) => [label, `a "${label}"\\`]));
    if (it.type === 'gauge') meter.set(it, labels, 1.5);
    else if (it.type === 'histogram') meter.observe(it, labels, 2);
    else meter.add(it, labels);
  }
  return meter;
}

describe('a meter', () => {
  it('has counters and histograms of known labels from the start, and gauges once they are set', async () => {
    const meter = await openMeter({
      metrics: [builds.buildsStarted, builds.queueWait, fleet.stuckJobs, yard.budgetLeft],
    });
    meter.add(builds.buildsStarted, { strategy: 'Clean' });
    meter.set(fleet.stuckJobs, NO_LABELS, 0);

    const { text, contentType } = await meter.text();

    expect(contentType).toContain('version=0.0.4');
    expect(text).toContain('gityard_builds_started_total{strategy="Clean"} 1\n');
    expect(text).toContain('gityard_builds_started_total{strategy="Canary"} 0\n');
    expect(text).toContain('gityard_queue_wait_seconds_count 0\n');
    expect(text).toContain('gityard_jobs_stuck 0\n');
    expect(text).not.toContain('gityard_push_budget_left');
    meter.forget(fleet.stuckJobs);
    expect((await meter.text()).text).not.toContain('gityard_jobs_stuck');
  });

  it('grows with a count that is kept elsewhere, once, and never shrinks', async () => {
    const meter = await openMeter({ metrics: [yard.commits] });
    const at = async (total: number) => {
      meter.reach(yard.commits, { ref: 'state' }, total);
      return /\{ref="state"\} (\d+)/.exec((await meter.text()).text)?.[1];
    };

    expect([await at(3), await at(3), await at(5), await at(2), await at(4)]).toEqual(['3', '3', '5', '5', '7']);
  });

  it('marks all of an agent with its name', async () => {
    const meter = await openMeter({ metrics: [agent.spoolDepth, fleet.agentCpu], labels: { agent: 'mac' } });
    meter.set(agent.spoolDepth, NO_LABELS, 2);
    meter.set(fleet.agentCpu, { agent: 'mac' }, 0.5);

    const { text } = await meter.text();

    expect(text).toContain('gityard_spool_depth{agent="mac"} 2\n');
    expect(text).toContain('gityard_agent_cpu_ratio{agent="mac"} 0.5\n');
  });

  it('tells what a process did with its remote', async () => {
    const meter = await openMeter({ metrics: Object.values(yard) });
    tellRemote(meter, remote);
    tellRemote(meter, { ...remote, connection: { state: 'offline', lastContactAt: null } });

    const { text } = await meter.text();

    expect(text).toContain('gityard_remote_requests_total{ref="live",kind="fetch"} 5\n');
    expect(text).toContain('gityard_push_conflicts_total{ref="state"} 1\n');
    expect(text).toContain('gityard_remote_up 0\n');
    expect(text).not.toMatch(/contact_timestamp|push_budget/);
  });
});

const missing = whyNoPrometheus();

describe.skipIf(missing)(`metrics, for real${missing ? `: ${missing}` : ''}`, () => {
  it.each(['server', 'agent', 'audit', 'backup'] as const)(
    'of a %s are what promtool has nothing to say of',
    async (by) => {
      const meter = await fullMeter(by);
      if (by === 'server' || by === 'agent') tellProcess(meter, { of: by, version: '1' });

      const { text } = await meter.text();

      expect(await promtool(['check', 'metrics'], { input: text })).toEqual({ code: 0, text: '' });
    },
  );
});
