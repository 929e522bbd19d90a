/**
 * What the page has seen of the machines since it was opened. A yard keeps no history of processors: their past would be a commit
 * a minute. So a line is drawn of the looks of this page, and says so.
 */
import { type ReadModel, toMs } from '@gityard/domain';
import type { SparkPoint } from './spark-path.ts';

export type Measure = 'cpuPercent' | 'memoryPercent' | 'temperatureC';
const MEASURES: readonly Measure[] = ['cpuPercent', 'memoryPercent', 'temperatureC'];
const MOST_POINTS = 120;

const lines = new Map<string, SparkPoint[]>();

/** With every snapshot. A beat that was seen before is no new point. */
export function noteSamples({ agents }: Pick<ReadModel, 'agents'>): void {
  for (const agent of agents) {
    if (agent.lastBeatAt === null) continue;
    const at = toMs(agent.lastBeatAt);
    for (const measure of MEASURES) {
      const value = agent[measure];
      const points = lines.get(`${agent.id} ${measure}`) ?? [];
      if (value === null || (points.at(-1)?.at ?? 0) >= at) continue;
      lines.set(`${agent.id} ${measure}`, [...points, { at, value }].slice(-MOST_POINTS));
    }
  }
}

export const samplesOf = (id: string, measure: Measure): readonly SparkPoint[] => lines.get(`${id} ${measure}`) ?? [];
