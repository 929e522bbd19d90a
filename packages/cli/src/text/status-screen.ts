/** `gityard status` as text: the connection, what needs a person, agents, jobs, locks, worst first. Draws; asks nothing. */
import { type FleetStatus, queuePauseText, type ReadModel } from '@gityard/domain';
import { shareText, strainSpan } from './history-text.ts';
import { jobTable } from './job-text.ts';
import { bad, bold, dim, good, type Line, line, type Span, warn } from './lines.ts';
import { table } from './table.ts';
import { agoText, durationText, plural, statusSpan } from './words.ts';

export interface StatusScreen {
  readonly status: FleetStatus;
  readonly model: ReadModel;
  /** Lines there is room for; lists give way, and say how much they left out. */
  readonly rows: number;
}

export function statusScreen({ status, model, rows }: StatusScreen): Line[] {
  const share = Math.max(3, Math.floor((rows - 8) / 4));
  return [
    heading(status),
    totals(status),
    ...work(status),
    ...upkeep(status),
    ...status.paused.map((it) => line(warn('! '), queuePauseText(it))),
    ...section(status.needsYou.length === 0 ? [] : needs(status), 'needs you', share),
    ...section(agentTable(status.agents, status.at), 'agents', share + 1),
    ...section(model.jobs.length === 0 ? [] : jobTable(model.jobs, status.at), 'jobs', share + 1),
    ...section(status.locks.length === 0 ? [] : lockTable(status.locks, status.at), 'locks', share),
  ];
}

function heading({ yard, connection, head }: FleetStatus): Line {
  const { perMinute, used } = connection.pushBudget;
  const pushes = perMinute === null ? [] : ['  ', dim(`${used} of ${perMinute} pushes a minute used`)];
  return line(bold(yard), '  ', statusSpan(connection.state), '  ', dim(`at ${head.slice(0, 10)}`), ...pushes);
}

const isAlive = ({ health, stopped }: FleetStatus['agents'][number]): boolean =>
  (health === 'fresh' || health === 'late') && !stopped;

function totals({ jobs, agents, needsYou }: FleetStatus): Line {
  const { queued, running, stuck, succeededToday, failedToday } = jobs;
  const alive = agents.filter(isAlive).length;
  const calm =
    needsYou.length === 0
      ? good('nothing needs you')
      : bad(`${needsYou.length} need${needsYou.length === 1 ? 's' : ''} you`);
  const today = `today ${succeededToday} succeeded, ${failedToday} failed`;
  return line(
    calm,
    dim(' · '),
    `${alive} of ${plural(agents.length, 'agent')} alive`,
    dim(' · '),
    `${queued} queued${stuck > 0 ? `, ${stuck} of them stuck` : ''}`,
    dim(' · '),
    `${running} running`,
    dim(' · '),
    today,
  );
}

/** Told once there is something to tell. */
function work({ work: { success, averageSeconds } }: FleetStatus): Line[] {
  const { percent, of } = success.week;
  if (percent === null) return [];
  const average = averageSeconds === null ? '' : `, on average in ${durationText(averageSeconds * 1000)}`;
  return [line(dim('builds  '), `${shareText(percent, of)} succeeded in 7 days${average}`)];
}

/** What goes well needs no more than a line; what does not is named. */
function upkeep({ upkeep: all, at }: FleetStatus): Line[] {
  if (all.length === 0) return [];
  const failing = all.filter((it) => it.error !== null);
  const overdue = all.filter((it) => it.error === null && isOverdue(it, at));
  const last = all
    .map((it) => it.at)
    .sort()
    .at(-1);
  return [
    line(
      dim('upkeep  '),
      `${plural(all.length, 'task')}, last ${agoText(last, at)}`,
      ...failing.flatMap((it) => [dim(' · '), bad(`${it.task} failed: ${it.error}`)]),
      ...overdue.flatMap((it) => [dim(' · '), warn(`${it.task} is overdue since ${it.nextAt}`)]),
    ),
  ];
}

const OVERDUE_MS = 10 * 60_000;
const isOverdue = ({ nextAt }: FleetStatus['upkeep'][number], now: string): boolean =>
  nextAt !== null && Date.parse(now) - Date.parse(nextAt) > OVERDUE_MS;

export function upkeepTable({ upkeep: all, at }: FleetStatus): Line[] {
  if (all.length === 0) return [];
  const rows = all.map((it) => [
    it.task,
    agoText(it.at, at),
    it.agent,
    it.error === null ? it.did : bad(it.error),
    it.nextAt ?? '',
  ]);
  return [[], [bold('upkeep')], ...table({ heads: ['task', 'done', 'by', '', 'next'], rows })];
}

const needs = ({ needsYou }: FleetStatus): Line[] => needsYou.map((it) => line(bad('! '), it.text));

export function agentTable(agents: FleetStatus['agents'], now: string): Line[] {
  if (agents.length === 0) return [[dim('none yet: gityard agent run')]];
  return table({
    heads: ['agent', 'pool', 'status', 'health', 'seen', 'job', 'cpu', 'memory', 'disk free', ''],
    rows: agents.map((it) => [
      it.id,
      it.pool,
      statusOf(it),
      statusSpan(it.health),
      agoText(it.lastBeatAt, now),
      it.job ?? '',
      percentOf(it.cpuPercent),
      percentOf(it.memoryPercent),
      it.diskFreeGB === null ? '' : `${Math.round(it.diskFreeGB)} GB`,
      it.stopped ? '' : it.strain === 'ok' || it.takesNoJobs !== null ? (it.takesNoJobs ?? '') : strainSpan(it),
    ]),
  });
}

const percentOf = (percent: number | null): string => (percent === null ? '' : `${Math.round(percent)} %`);

function statusOf({ mode, status, stopped, takesNoJobs }: FleetStatus['agents'][number]): Span {
  if (stopped) return dim(`${status}, stopped`);
  if (mode === 'draining') return warn(`${status}, draining`);
  return takesNoJobs === null ? statusSpan(status) : warn(`${status}, takes no jobs`);
}

/** A line for each holder: tokens and times are theirs, not the lock's. */
export function lockTable(locks: FleetStatus['locks'], now: string): Line[] {
  return table({
    heads: ['lock', 'taken', 'holder', 'token', 'free in', 'waiting'],
    rows: locks.flatMap((it) => {
      const [first, ...others] = it.holders.map((holder) => holderCells(holder, now));
      const taken = `${it.holders.length} of ${it.count}`;
      return [
        [
          it.name,
          taken,
          ...(first ?? [dim('nobody'), '', '']),
          it.line.map((place) => placeText(place, now)).join(', '),
        ],
        ...others.map((cells) => ['', '', ...cells]),
      ];
    }),
  });
}

/** Who stands in line, and for how long yet. */
const placeText = ({ holder, until }: FleetStatus['locks'][number]['line'][number], now: string): string =>
  until === null ? holder : `${holder} (${leftText(until, now)})`;

type Holder = FleetStatus['locks'][number]['holders'][number];

const holderCells = ({ holder, token, expiresAt }: Holder, now: string): string[] => [
  holder,
  String(token),
  expiresAt === null ? '' : leftText(expiresAt, now),
];

function leftText(expiresAt: string, now: string): string {
  const leftMs = Date.parse(expiresAt) - Date.parse(now);
  return leftMs > 0 ? durationText(leftMs) : `expired ${durationText(-leftMs)} ago`;
}

function section(lines: readonly Line[], title: string, most: number): Line[] {
  if (lines.length === 0) return [];
  const left = lines.length - most;
  const shown = left > 1 ? [...lines.slice(0, most), [dim(`  … ${left} more`)]] : lines;
  return [[], [bold(title)], ...shown];
}
