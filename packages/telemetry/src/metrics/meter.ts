/**
 * Where the numbers of a process are kept until somebody asks for them. Takes only metrics of the list, by their values: a name
 * cannot be mistyped, and a label cannot be forgotten.
 */
import type { Counter, Gauge, Histogram, Registry } from 'prom-client';
import { knownSeries, type Metric } from './metric.ts';

type Labels<L extends string> = Readonly<Record<L, string>>;

export interface Meter {
  add<L extends string>(metric: Metric<L>, labels: Labels<L>, by?: number): void;
  /** A count that is kept elsewhere: it grows by what that grew since it was last told. One that shrank takes nothing back. */
  reach<L extends string>(metric: Metric<L>, labels: Labels<L>, total: number): void;
  /** A gauge is not there before it was set. */
  set<L extends string>(metric: Metric<L>, labels: Labels<L>, value: number): void;
  observe<L extends string>(metric: Metric<L>, labels: Labels<L>, value: number): void;
  /** A gauge, with all its series. */
  forget(metric: Metric): void;
  /** In the text format of Prometheus. */
  text(): Promise<{ readonly contentType: string; readonly text: string }>;
}

export interface MeterOptions {
  readonly metrics: readonly Metric[];
  /** On every series that has no other value for them. */
  readonly labels?: Readonly<Record<string, string>>;
}

export async function openMeter({ metrics, labels = {} }: MeterOptions): Promise<Meter> {
  // It takes longer to load than most commands run.
  const prometheus = await import('prom-client');
  const registry = new prometheus.Registry();
  registry.setDefaultLabels(labels);
  const kept = new Map<string, Kept>();
  const of = <K extends Kept>(metric: Metric): K => {
    const known = kept.get(metric.name) ?? keptOf(prometheus, registry, metric);
    kept.set(metric.name, known);
    return known as K;
  };
  for (const it of metrics) if (it.type !== 'gauge') of(it);
  const totals = new Map<string, number>();

  return {
    add: (metric, given, by = 1) => of<Counter>(metric).inc({ ...given }, by),
    reach: (metric, given, total) => {
      const key = `${metric.name} ${JSON.stringify(given)}`;
      const before = totals.get(key) ?? 0;
      totals.set(key, total);
      of<Counter>(metric).inc({ ...given }, Math.max(0, total - before));
    },
    set: (metric, given, value) => of<Gauge>(metric).set({ ...given }, value),
    observe: (metric, given, value) => of<Histogram>(metric).observe({ ...given }, value),
    forget: ({ name }) => {
      if (kept.delete(name)) registry.removeSingleMetric(name);
    },
    text: async () => ({ contentType: registry.contentType, text: await registry.metrics() }),
  };
}

type Kept = Counter | Gauge | Histogram;

/** Counters begin with all the series that are known, so that the first thing counted is seen to have happened. */
function keptOf(prometheus: typeof import('prom-client'), registry: Registry, metric: Metric): Kept {
  const { name, help, type, labels, buckets = [] } = metric;
  const options = { name, help: `${help}.`, labelNames: Object.keys(labels), registers: [registry] };
  if (type === 'gauge') return new prometheus.Gauge(options);
  if (type === 'histogram') {
    const histogram = new prometheus.Histogram({ ...options, buckets: [...buckets] });
    for (const it of knownSeries(metric)) histogram.zero(it);
    return histogram;
  }
  const counter = new prometheus.Counter(options);
  for (const it of knownSeries(metric)) counter.inc(it, 0);
  return counter;
}
