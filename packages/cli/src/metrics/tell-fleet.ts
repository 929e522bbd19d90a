/** The fleet as it is now. What has many names is cut to the first or the worst, and the rest is told as a sum. */
import {
  type FleetFigures,
  fleetFigures,
  type MachineFigures,
  type ProjectFigures,
  projectFigures,
  type State,
  type Time,
} from '@gityard/domain';
import { METRICS, type Meter, type Metric, NO_LABELS } from '@gityard/telemetry';

const MOST_AGENTS = 100;
const MOST_PROJECTS = 20;
/** No name of an agent holds brackets, and no path of a project begins with one. */
const OTHERS = '(others)';

export interface Fleet {
  readonly state: State;
  readonly now: Time;
  /** Of things that needed a person since we began: they stay, at nothing. */
  readonly codes: Set<string>;
}

export function tellFleet(meter: Meter, { state, now, codes }: Fleet): void {
  const figures = fleetFigures(state, now);
  tellQueue(meter, figures);
  tellNeeds(meter, figures, codes);
  tellSuccess(meter, figures);
  tellMachines(meter, figures.machines);
  tellProjects(meter, projectFigures(state, now));
}

const { fleet, builds } = METRICS;

function tellQueue(meter: Meter, figures: FleetFigures): void {
  for (const [status, count] of Object.entries(figures.agents)) meter.set(fleet.agents, { status }, count);
  for (const [health, count] of Object.entries(figures.healths)) meter.set(fleet.agentHealth, { health }, count);
  for (const [status, count] of Object.entries(figures.jobs)) meter.set(fleet.jobs, { status }, count);
  meter.set(fleet.stuckJobs, NO_LABELS, figures.stuckJobs);
  meter.set(fleet.oldestWait, NO_LABELS, figures.oldestWaitSeconds);
  meter.set(fleet.pausedQueues, NO_LABELS, figures.pausedQueues);
}

function tellNeeds(meter: Meter, { needs }: FleetFigures, codes: Set<string>): void {
  for (const code of needs.keys()) codes.add(code);
  for (const code of codes) meter.set(fleet.needs, { code }, needs.get(code) ?? 0);
}

function tellSuccess(meter: Meter, { success, cacheHitRatio }: FleetFigures): void {
  const windows = { '24h': success.day, '7d': success.week, '30d': success.month };
  meter.forget(builds.buildSuccess);
  for (const [window, { percent, of }] of Object.entries(windows)) {
    meter.set(builds.buildsJudged, { window }, of);
    if (percent !== null) meter.set(builds.buildSuccess, { window }, percent / 100);
  }
  meter.forget(builds.cacheHitRatio);
  if (cacheHitRatio !== null) meter.set(builds.cacheHitRatio, NO_LABELS, cacheHitRatio);
}

function tellMachines(meter: Meter, machines: readonly MachineFigures[]): void {
  const [named, others] = [machines.slice(0, MOST_AGENTS), machines.slice(MOST_AGENTS)];
  for (const metric of OF_MACHINES) meter.forget(metric);
  for (const it of named) {
    const { agent, status: own } = it;
    for (const status of ['Idle', 'Building', 'Offline', 'Maintenance'])
      meter.set(fleet.agentStatus, { agent, status }, status === own ? 1 : 0);
    known(meter, fleet.agentUptime, agent, it.uptimeSeconds);
    known(meter, fleet.agentBeat, agent, it.lastBeatSeconds);
    for (const [metric, of] of ALIKE) known(meter, metric, agent, of(it));
  }
  if (others.length === 0) return;
  for (const [metric, of, fold] of ALIKE) {
    const values = others.map(of).filter((it) => it !== null);
    known(meter, metric, OTHERS, values.length === 0 ? null : fold(values));
  }
}

type Alike = readonly [
  metric: Metric<'agent'>,
  of: (it: MachineFigures) => number | null,
  fold: (values: readonly number[]) => number,
];

const sum = (values: readonly number[]): number => values.reduce((all, it) => all + it, 0);
/** A sum of ratios is no ratio. */
const average = (values: readonly number[]): number => sum(values) / values.length;

const ALIKE: readonly Alike[] = [
  [fleet.agentCpu, (it) => it.cpuRatio, average],
  [fleet.agentMemory, (it) => it.memoryRatio, average],
  [fleet.agentDiskFree, (it) => it.diskFreeBytes, sum],
  [fleet.agentSlots, (it) => it.slots, sum],
  [fleet.agentBuilds, (it) => it.running, sum],
];
const OF_MACHINES: readonly Metric[] = [
  fleet.agentStatus,
  fleet.agentUptime,
  fleet.agentBeat,
  ...ALIKE.map(([metric]) => metric),
];

function known(meter: Meter, metric: Metric<'agent'>, agent: string, value: number | null): void {
  if (value !== null && Number.isFinite(value)) meter.set(metric, { agent }, value);
}

function tellProjects(meter: Meter, projects: readonly ProjectFigures[]): void {
  const failing = [...projects].sort((a, b) => b.failed - a.failed);
  const slow = projects.filter((it) => it.longestSeconds > 0).sort((a, b) => b.longestSeconds - a.longestSeconds);
  meter.forget(builds.projectFailures);
  meter.forget(builds.projectSlowest);
  for (const { project, failed } of failing.slice(0, MOST_PROJECTS))
    meter.set(builds.projectFailures, { project }, failed);
  const others = failing.slice(MOST_PROJECTS);
  if (others.length > 0) meter.set(builds.projectFailures, { project: OTHERS }, sum(others.map((it) => it.failed)));
  for (const { project, longestSeconds } of slow.slice(0, MOST_PROJECTS))
    meter.set(builds.projectSlowest, { project }, longestSeconds);
}
