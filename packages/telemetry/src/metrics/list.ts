/** Every metric of the programs. One that is not here cannot be told; packages/deploy/metrics.md is made from it. */
import { agent } from './list/agent.ts';
import { audit } from './list/audit.ts';
import { backup } from './list/backup.ts';
import { builds } from './list/builds.ts';
import { fleet } from './list/fleet.ts';
import { process } from './list/process.ts';
import { yard } from './list/yard.ts';
import type { Metric } from './metric.ts';

export const METRICS = { builds, fleet, yard, process, agent, audit, backup } as const;

export const ALL_METRICS: readonly Metric[] = Object.values(METRICS).flatMap((it) => Object.values<Metric>(it));

/** A server, an agent, or a command that a timer starts. */
export const metricsBy = (teller: Exclude<Metric['by'], 'both'>): readonly Metric[] =>
  ALL_METRICS.filter(({ by }) => by === teller || (by === 'both' && (teller === 'server' || teller === 'agent')));
