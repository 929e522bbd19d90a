import { readdirSync, readFileSync } from 'node:fs';
import { promtool, whyNoPrometheus } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import { describeMetrics, unitOf } from './describe-metrics.ts';
import { ALL_METRICS } from './list.ts';
import { knownSeries } from './metric.ts';
import { labelsIn, namesIn } from './queries.fixture.ts';

const deploy = new URL('../../../deploy/', import.meta.url);
const named = ALL_METRICS.map((it) => [it.name, it] as const);
const REQUESTED = [
  ...['BuildsStarted', 'BuildsCompleted', 'BuildsFailed', 'BuildDuration', 'QueueWaitTime', 'RestoreDuration'],
  ...['CompilationDuration', 'TestDuration', 'ActiveAgents', 'QueuedBuilds', 'AgentCpuUsage', 'AgentMemoryUsage'],
  ...['CacheHits', 'CacheMisses', 'CacheHitRate'],
];

describe('the list of metrics', () => {
  it.each(named)('has %s once, under a name that says its unit and kind', (name, { type, help }) => {
    expect(ALL_METRICS.filter((it) => it.name === name)).toHaveLength(1);
    expect(name).toMatch(/^(?:gityard|process|http_server)_[a-z_]+$/);
    expect(name.endsWith('_total')).toBe(type === 'counter');
    if (type === 'histogram') expect(unitOf({ name })).toBe('seconds');
    expect(help).not.toMatch(/[.\n]$/);
  });

  it.each(named)('lets %s have few series', (_name, { labels, buckets = [] }) => {
    const bounded = Object.values(labels).filter((it) => typeof it !== 'string');
    const series = bounded.reduce((product, it) => product * it.length, 1) * (buckets.length + 3);
    expect(series).toBeLessThanOrEqual(300);
    for (const label of Object.keys(labels)) expect(label).not.toMatch(/job|branch|commit|^id$|token|path$/);
  });

  it('has all that requirement R126 names', () => {
    const asked = ALL_METRICS.map((it) => it.asked ?? '').join(' ');
    expect(REQUESTED.filter((it) => !asked.includes(it))).toEqual([]);
  });

  it('is told as a page of Markdown', async () => {
    await expect(describeMetrics()).toMatchFileSnapshot(new URL('metrics.md', deploy).pathname);
  });

  it('knows the series of labels whose values are known', () => {
    expect(knownSeries({ ...base, labels: { a: ['1', '2'], b: ['x'] } })).toEqual([
      { a: '1', b: 'x' },
      { a: '2', b: 'x' },
    ]);
    expect(knownSeries({ ...base, labels: { a: ['1'], b: 'any' } })).toEqual([]);
  });
});

const base = { name: 'n', type: 'counter', help: '', by: 'both' } as const;

const read = (path: string): string => readFileSync(new URL(path, deploy), 'utf8');
const rules = read('prometheus/alerts.yml') + read('prometheus/scaling.yml');
const RECORDED = [...rules.matchAll(/record: (\S+)/g)].map(([, name = '']) => name);

interface Panel {
  readonly title: string;
  readonly interval?: string;
  readonly targets?: readonly { readonly expr: string }[];
}
const boards = readdirSync(new URL('grafana/', deploy)).map((file) => {
  const board = JSON.parse(read(`grafana/${file}`)) as { uid: string; panels: readonly Panel[] };
  const queries = board.panels.flatMap((it) => (it.targets ?? []).map(({ expr }) => [it.title, expr] as const));
  return { file, board, queries };
});

describe('what is deployed beside a server', () => {
  it.each(boards)('$file asks only for metrics and labels that are told', ({ queries }) => {
    expect(queries.length).toBeGreaterThan(10);
    for (const [, expr] of queries) expect({ expr, ...strangers(expr) }).toEqual({ expr, names: [], labels: [] });
  });

  it('has no panel twice at a place', () => {
    for (const { board } of boards) {
      const ids = board.panels.map((it) => (it as unknown as { id: number }).id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('counts no build in two steps of a graph: those steps are longer than what is looked back over for a rate', () => {
    const counting = boards
      .flatMap(({ board }) => board.panels)
      .filter((it) => it.targets?.some(({ expr }) => /increase\(.*\$__rate_interval/.test(expr)));
    expect(counting.length).toBeGreaterThan(2);
    expect(counting.filter((it) => it.interval !== '5m')).toEqual([]);
  });

  it('has alerts for metrics and labels that are told', () => {
    const exprs = [...rules.matchAll(/expr: (?:\|\n((?: {10,}.*\n)+)|(.+))/g)].map(
      ([, many, one]) => many ?? one ?? '',
    );
    expect(exprs.length).toBeGreaterThan(20);
    for (const expr of exprs) expect({ expr, ...strangers(expr) }).toEqual({ expr, names: [], labels: [] });
  });
});

function strangers(expr: string): { names: readonly string[]; labels: readonly string[] } {
  const told = new Map(ALL_METRICS.flatMap((it) => seriesOf(it.name, it.type).map((name) => [name, it.labels])));
  const names = namesIn(expr);
  const own = names.flatMap((name) => Object.keys(told.get(name) ?? {}));
  const labels = new Set([...own, 'job', 'instance', 'agent', ...(names.some(isBucket) ? ['le'] : [])]);
  return {
    names: names.filter((it) => !told.has(it) && !RECORDED.includes(it) && it !== 'up'),
    labels: labelsIn(expr).filter((it) => !labels.has(it)),
  };
}

const isBucket = (name: string): boolean => name.endsWith('_bucket');
const seriesOf = (name: string, type: string): readonly string[] =>
  type === 'histogram' ? ['_bucket', '_sum', '_count'].map((it) => name + it) : [name];

const missing = whyNoPrometheus();

describe.skipIf(missing)(`alerts, for real${missing ? `: ${missing}` : ''}`, () => {
  const cwd = new URL('prometheus/', deploy).pathname;

  it('are rules that Prometheus takes, with settings that it takes', async () => {
    expect(await promtool(['check', 'config', 'prometheus.yml'], { cwd })).toMatchObject({ code: 0 });
    const { code, text } = await promtool(['check', 'rules', 'alerts.yml', 'scaling.yml'], { cwd });
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('SUCCESS') });
  });

  it('fire when they should, each with no other', async () => {
    const { code, text } = await promtool(['test', 'rules', 'alerts.test.yml'], { cwd });
    expect(text).toContain('SUCCESS');
    expect(code).toBe(0);
  });

  it('are not all: the load by which agents are added or sent away is as it should be', async () => {
    const { code, text } = await promtool(['test', 'rules', 'scaling.test.yml'], { cwd });
    expect({ code, text }).toEqual({ code: 0, text: expect.stringContaining('SUCCESS') });
  });

  it('are all tried', () => {
    const alerts = [...rules.matchAll(/alert: (\w+)/g)].map(([, name = '']) => name);
    const tested = read('prometheus/alerts.test.yml');
    expect(alerts.filter((it) => !tested.includes(`"${it}"`))).toEqual([]);
  });
});
