/** What the read model knows as numbers, in the text format of Prometheus. */
import type { ReadModel } from '@gityard/domain';
import { endpoint } from '../endpoint.ts';
import { NOT_READY, sendProblem } from '../problem.ts';

export const metrics = endpoint({
  method: 'GET',
  url: '/metrics',
  name: 'readMetrics',
  tag: 'server',
  summary: 'The yard in numbers, for Prometheus',
  access: 'looker',
  answers: { 200: { description: 'In the text format of Prometheus.', type: 'text/plain' } },
  handle:
    ({ options }) =>
    async ({ reply }) => {
      const model = options.source.current();
      if (!model) return sendProblem(reply, NOT_READY);
      const { contentType, text } = await textOf(model);
      return reply.header('cache-control', 'no-store').type(contentType).send(text);
    },
});

async function textOf(model: ReadModel): Promise<{ contentType: string; text: string }> {
  // Most servers are never scraped.
  const { Gauge, Registry } = await import('prom-client');
  const registry = new Registry();
  for (const { name, help, label, values } of seriesOf(model)) {
    const gauge = new Gauge({ name, help, labelNames: [label], registers: [registry] });
    for (const [key, value] of Object.entries(values)) gauge.set({ [label]: key }, value);
  }
  return { contentType: registry.contentType, text: await registry.metrics() };
}

interface Series {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly values: Readonly<Record<string, number>>;
}

function seriesOf({ totals, agents, push }: ReadModel): readonly Series[] {
  const counts = { name: 'gityard_total', help: 'The totals of the read model.', label: 'of', values: totals };
  return [counts, ...cacheSeries(agents), ...budgetSeries(push)];
}

function budgetSeries(push: ReadModel['push']): readonly Series[] {
  if (!push || push.perMinute === null || push.left === null) return [];
  const budget = {
    name: 'gityard_pushes_per_minute',
    help: 'Of the remote: how many there are (budget), how many agents made in the last minute, and how many are left.',
    label: 'kind',
    values: { budget: push.perMinute, used: push.used, left: push.left },
  };
  return [budget];
}

/** Of agents whose builds looked something up; each counts from when it was started. */
function cacheSeries(agents: ReadModel['agents']): readonly Series[] {
  const used = agents.filter((it) => it.cacheHits + it.cacheMisses > 0);
  if (used.length === 0) return [];
  const of = (name: string, help: string, figure: (it: ReadModel['agents'][number]) => number): Series => ({
    ...{ name, help, label: 'agent' },
    values: Object.fromEntries(used.map((it) => [it.id, figure(it)])),
  });
  return [
    of('CacheHits', 'What builds of an agent found in the cache.', (it) => it.cacheHits),
    of('CacheMisses', 'What they looked up there in vain.', (it) => it.cacheMisses),
    of('CacheHitRate', 'The share of hits, 0 to 1.', (it) => it.cacheHits / (it.cacheHits + it.cacheMisses)),
  ];
}
