/** One agent: who it is, what it can do, what it does now. */
import {
  type Agent,
  agentHealth,
  agentStatus,
  diskTrendGBPerDay,
  isHeld,
  machineHealth,
  modeOf,
  type State,
  strainLevel,
  type Time,
  uptimePercent,
  whyIdle,
  workRecord,
} from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';
import { cacheText, shareText, strainSpan } from '../../text/history-text.ts';
import { dim, type Line, line, type Span } from '../../text/lines.ts';
import { agoText, durationText, plural, statusSpan } from '../../text/words.ts';
import { findAgent } from '../../yard/find.ts';

export const command = defineCommand({
  name: 'agent show',
  summary: 'one agent: what it can do and what it does',
  example: 'gityard agent show build1',
  parameters: { id: argument('id', 'the agent, or the beginning of its name') },
  run: async (context, { id }) => {
    const state = await context.look();
    const shown = agentInFull(state, findAgent(state, id), context.now());
    return answer(shown, () => drawn(shown, context.now()));
  },
});

function agentInFull(state: State, agent: Agent, now: Time) {
  const heartbeat = state.heartbeats.get(agent.id);
  const { schemaVersion: _, ...registration } = agent;
  return {
    ...registration,
    mode: modeOf(agent, now),
    /** Its own mode, or a pause of its pool or of the fleet. */
    idleBecause: whyIdle(state, agent, now) ?? null,
    status: agentStatus(state, agent, now),
    health: agentHealth(heartbeat, now, state.yard),
    lastBeatAt: heartbeat?.at ?? null,
    nextBeatBy: heartbeat?.nextBeatBy ?? null,
    machine: heartbeat?.machine ?? null,
    strains: machineHealth(heartbeat, state.yard),
    remoteMs: heartbeat?.remoteMs ?? null,
    cache: { hits: heartbeat?.cache?.hits ?? 0, misses: heartbeat?.cache?.misses ?? 0 },
    work: workRecord(state, now, agent.id),
    uptimePercent: uptimePercent(state, agent.id, now),
    diskTrendGBPerDay: diskTrendGBPerDay(state, agent.id, now),
    backup: Object.hasOwn(state.yard.failover, agent.id) ? (state.yard.failover[agent.id]?.backup ?? null) : null,
    loops: heartbeat?.loops ?? [],
    jobs: [...state.jobs].filter((job) => isHeld(job) && job.agent === agent.id).map((job) => job.id),
  };
}

type Shown = ReturnType<typeof agentInFull>;

function busyText({ machine }: Shown): string {
  if (!machine) return '';
  const { cpuPercent, memoryPercent, temperatureC } = machine;
  const parts = [
    ...(cpuPercent === null ? [] : [`processor ${cpuPercent} %`]),
    ...(memoryPercent === null ? [] : [`memory ${memoryPercent} %`]),
    ...(temperatureC === null ? [] : [`${temperatureC} °C`]),
  ];
  return parts.join(', ');
}

function diskText({ machine, diskTrendGBPerDay: trend }: Shown): string {
  if (machine?.diskFreeGB == null) return '';
  const moves = trend === null || trend === 0 ? '' : `, ${Math.abs(trend)} GB a day ${trend < 0 ? 'less' : 'more'}`;
  return `${machine.diskFreeGB} GB free${moves}`;
}

function buildsText({ work: { buildsToday, averageSeconds, success } }: Shown): string {
  if (success.month.percent === null) return '';
  const average = averageSeconds === null ? '' : `, on average in ${durationText(averageSeconds * 1000)}`;
  const week = shareText(success.week.percent, success.week.of) || 'none';
  return `${buildsToday} today; in 7 days ${week} succeeded, in 30 days ${shareText(success.month.percent, success.month.of)}${average}`;
}

function lookedUpText({ cache }: Shown): string {
  const share = cacheText(cache);
  return share && `${share} looked up`;
}

function drawn(agent: ReturnType<typeof agentInFull>, now: Time): Line[] {
  const { capabilities, allows } = agent;
  const tools = Object.entries(capabilities.tools).map(
    ([name, version]) => `${name} ${capabilities.sdks?.[name]?.join(' and ') ?? version}`,
  );
  const rows: readonly (readonly [string, Span])[] = [
    ['status', statusSpan(agent.status)],
    ['health', statusSpan(agent.health)],
    ['seen', agoText(agent.lastBeatAt, now)],
    ['mode', agent.idleBecause ?? ''],
    ['host', agent.host],
    ['version', agent.version],
    ['updates', allows.updates?.join(', ') ?? ''],
    ['pool', agent.pool],
    ['labels', agent.labels.join(', ')],
    ['jobs', agent.jobs.join(', ')],
    ['slots', String(agent.slots)],
    ['takes', agent.tasks ? 'tasks, for a processor of its own' : 'builds'],
    [
      'machine',
      `${capabilities.os} ${capabilities.arch}, ${plural(capabilities.cores, 'core')}, ${capabilities.memoryGB} GB`,
    ],
    ['busy', busyText(agent)],
    ['strain', strainSpan({ strain: strainLevel(agent.strains), strains: agent.strains.map((it) => it.text) })],
    ['disk', diskText(agent)],
    ['remote', agent.remoteMs === null ? '' : `answers in ${Math.round(agent.remoteMs)} ms`],
    ['builds', buildsText(agent)],
    ['cache', lookedUpText(agent)],
    ['there', agent.uptimePercent.week === null ? '' : `${agent.uptimePercent.week} % of the last 7 days`],
    ['backup', agent.backup ?? ''],
    ['tools', tools.join(', ')],
    [
      'allows',
      [...allows.repositories, ...(allows.commands ? ['commands'] : [])].join(', ') ||
        'nothing yet: gityard agent allow <url>',
    ],
  ];
  const loops = agent.loops.map((it) =>
    line(dim(`  ${it.name.padEnd(13)}`), it.error ? { text: it.error, tone: 'bad' } : it.doing),
  );
  const told = rows.filter(([, value]) => value !== '');
  return [
    line('agent ', { text: agent.id, tone: 'bold' }),
    ...told.map(([name, value]) => line(dim(name.padEnd(9)), value)),
    ...loops,
  ];
}
