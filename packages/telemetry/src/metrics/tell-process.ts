/** What a process tells of itself, under the names that it is known by. */
import { METRICS } from './list.ts';
import type { Meter } from './meter.ts';
import { type Metric, NO_LABELS } from './metric.ts';

const { processStart, processCpu, processMemory, programInfo } = METRICS.process;
const { ownStart, ownCpu, ownMemory } = METRICS.agent;

interface Names {
  readonly start: Metric<never>;
  readonly cpu: Metric<never>;
  readonly memory: Metric<never>;
}
const NAMES: Readonly<Record<'server' | 'agent', Names>> = {
  server: { start: processStart, cpu: processCpu, memory: processMemory },
  agent: { start: ownStart, cpu: ownCpu, memory: ownMemory },
};

export function tellProcess(meter: Meter, { of, version }: { of: 'server' | 'agent'; version: string }): void {
  const { start, cpu, memory } = NAMES[of];
  const { user, system } = process.cpuUsage();
  meter.set(start, NO_LABELS, Date.now() / 1000 - process.uptime());
  meter.reach(cpu, NO_LABELS, (user + system) / 1e6);
  meter.set(memory, NO_LABELS, process.memoryUsage.rss());
  meter.set(programInfo, { version }, 1);
}
