/** The last hours and days as tables, and what the machines say of themselves. Draws; asks nothing. */
import { cacheShare, type FleetStatus, type ReadModel } from '@gityard/domain';
import { bad, bold, type Line, type Span, warn } from './lines.ts';
import { table } from './table.ts';
import { durationText } from './words.ts';

type Point = ReadModel['history'][number];
type CacheUse = Parameters<typeof cacheShare>[0];
type Agent = FleetStatus['agents'][number];

/** Newest first; hours in which nothing happened and nothing waited are left out. */
export function historyScreen(history: readonly Point[]): Line[] {
  const hours = history.filter((it) => it.span === 'hour' && isWorthALine(it)).reverse();
  const days = history.filter((it) => it.span === 'day').reverse();
  return [...section('the last 24 hours', hours, 16), ...section('the last 30 days', days, 10)];
}

const isWorthALine = (it: Point): boolean => it.succeeded + it.failed + it.queued + it.running > 0;

function section(title: string, points: readonly Point[], timeLength: number): Line[] {
  if (points.length === 0) return [];
  return [
    [],
    [bold(title)],
    ...table({
      heads: ['from', 'succeeded', 'failed', 'queued', 'running', 'agents', 'typical build', 'oldest wait'],
      rows: points.map((it) => [
        it.at.slice(0, timeLength).replace('T', ' '),
        String(it.succeeded),
        it.failed === 0 ? '0' : bad(String(it.failed)),
        String(it.queued),
        String(it.running),
        String(it.agentsFresh),
        it.p50Seconds === null ? '' : durationText(it.p50Seconds * 1000),
        it.oldestWaitSeconds === null ? '' : durationText(it.oldestWaitSeconds * 1000),
      ]),
    }),
  ];
}

export function machineScreen(agents: readonly Agent[]): Line[] {
  const known = agents.filter((it) => it.lastBeatAt !== null);
  if (known.length === 0) return [];
  return [
    [],
    [bold('machines')],
    ...table({
      heads: [
        'agent',
        'remote',
        'temperature',
        'builds today',
        'succeeded in 7 days',
        'there in 7 days',
        'cache hits',
        'strain',
      ],
      rows: known.map((it) => [
        it.id,
        it.remoteMs === null ? '' : `${Math.round(it.remoteMs)} ms`,
        it.temperatureC === null ? '' : `${Math.round(it.temperatureC)} °C`,
        String(it.buildsToday),
        shareText(it.successPercent, it.successOf),
        it.uptimePercent === null ? '' : `${it.uptimePercent} %`,
        cacheText({ hits: it.cacheHits, misses: it.cacheMisses }),
        strainSpan(it),
      ]),
    }),
  ];
}

/** With how many it is of: 100 % of two is little. */
export const shareText = (percent: number | null, of: number): string =>
  percent === null ? '' : `${percent} % of ${of}`;

export function cacheText(use: CacheUse): string {
  const { percent, of } = cacheShare(use);
  return shareText(percent, of);
}

export function strainSpan({ strain, strains }: Pick<Agent, 'strain' | 'strains'>): Span {
  const text = strains.join(', ');
  if (strain === 'critical') return bad(text);
  return strain === 'warning' ? warn(text) : text;
}
