/** The agents of a yard as a tree, worst first: how each stands, what it runs, what is short on its machine. Pure. */
import { agentHealth, type Health, type ReadModel, type Time } from '@gityard/domain';
import { jobTitle } from './job-rows.ts';
import type { Icon, Row } from './row.ts';
import { ageWords, joined, plain } from './words.ts';

export type AgentRow = ReadModel['agents'][number];
/** The health of an agent, unless it said goodbye, or people took it out. */
export type AgentStanding = Health | 'stopped' | 'paused';

/** What is worst comes first. */
const ORDER: readonly AgentStanding[] = ['silent', 'late', 'unknown', 'fresh', 'paused', 'stopped'];

const WORDS: Readonly<Record<AgentStanding, string>> = {
  silent: 'silent',
  late: 'late',
  unknown: 'unknown',
  fresh: 'up',
  paused: 'taken out',
  stopped: 'stopped',
};

const ICONS: Readonly<Record<AgentStanding, Icon>> = {
  silent: { name: 'error', colour: 'charts.red' },
  late: { name: 'watch', colour: 'charts.yellow' },
  unknown: { name: 'question', colour: 'disabledForeground' },
  fresh: { name: 'vm-active', colour: 'charts.green' },
  paused: { name: 'debug-pause', colour: 'charts.yellow' },
  stopped: { name: 'vm-outline', colour: 'disabledForeground' },
};

/** Between two snapshots an agent can only have become quieter, so it is judged anew, and never better than they say. */
export function standingOf(agent: AgentRow, { health: rules }: Pick<ReadModel, 'health'>, now: Time): AgentStanding {
  if (agent.stopped) return 'stopped';
  const { health, lastBeatAt, nextBeatBy, mode } = agent;
  const judged =
    lastBeatAt === null || nextBeatBy === null
      ? health
      : agentHealth({ at: lastBeatAt, nextBeatBy }, now, { health: rules });
  const worse = ORDER.indexOf(judged) < ORDER.indexOf(health) ? judged : health;
  return worse === 'fresh' && mode !== 'active' && mode !== '' ? 'paused' : worse;
}

export function agentRows(model: ReadModel, now: Time): readonly Row[] {
  return model.agents
    .map((agent) => ({ agent, standing: standingOf(agent, model, now) }))
    .sort((a, b) => ORDER.indexOf(a.standing) - ORDER.indexOf(b.standing) || (a.agent.id < b.agent.id ? -1 : 1))
    .map(({ agent, standing }) => rowOf(agent, { model, standing, now }));
}

interface Seen {
  readonly model: ReadModel;
  readonly standing: AgentStanding;
  readonly now: Time;
}

function rowOf(agent: AgentRow, { model, standing, now }: Seen): Row {
  const job = agent.job === null ? undefined : model.jobs.find(({ id }) => id === agent.job);
  const isStrained = standing === 'fresh' && agent.strain !== 'ok';
  const building: Icon = { name: 'sync', colour: 'charts.blue' };
  const strained: Icon = { name: 'warning', colour: agent.strain === 'critical' ? 'charts.red' : 'charts.yellow' };
  const busy = standing === 'fresh' && agent.status === 'Building';
  return {
    key: `agent/${agent.id}`,
    label: agent.id,
    description: joined(
      busy ? `builds ${job ? jobTitle(job) : ''}`.trim() : WORDS[standing],
      standing === 'silent' && agent.lastBeatAt !== null && ageWords(agent.lastBeatAt, now),
      agent.pool,
      isStrained && agent.strains[0],
    ),
    icon: busy ? building : isStrained ? strained : ICONS[standing],
    tooltip: tooltipOf(agent, standing, now),
    context: `agent.${agent.mode === 'active' || agent.mode === '' ? 'active' : 'paused'}`,
    target: agent.id,
    children: facts(agent, now).map(([name, value]) => ({
      key: `agent/${agent.id}/${name}`,
      label: name,
      description: value,
      icon: { name: 'dash', colour: 'disabledForeground' },
    })),
  };
}

function tooltipOf(agent: AgentRow, standing: AgentStanding, now: Time): string {
  const lines = facts(agent, now).map(([name, value]) => `${name}: ${plain(value)}`);
  return [`**${plain(agent.id)}** is ${WORDS[standing]}`, ...lines].join('  \n');
}

function facts(agent: AgentRow, now: Time): readonly (readonly [name: string, value: string])[] {
  const { host, lastBeatAt, modeReason, mode, takesNoJobs, labels, cpuPercent, memoryPercent, diskFreeGB } = agent;
  const all: readonly (readonly [string, string | null])[] = [
    ['Host', host ?? null],
    ['Heard', lastBeatAt === null ? 'never' : ageWords(lastBeatAt, now)],
    ['Mode', mode === 'active' || mode === '' ? null : joined(mode, modeReason)],
    ['Takes no jobs', takesNoJobs],
    ['Short of', agent.strains.length === 0 ? null : agent.strains.join(', ')],
    ['Processor', cpuPercent === null ? null : `${Math.round(cpuPercent)} %`],
    ['Memory', memoryPercent === null ? null : `${Math.round(memoryPercent)} %`],
    [
      'Disk free',
      diskFreeGB === null ? null : `${diskFreeGB >= 10 ? Math.round(diskFreeGB) : diskFreeGB.toFixed(1)} GB`,
    ],
    ['Labels', labels.length === 0 ? null : labels.join(', ')],
    ['Builds today', agent.buildsToday === 0 ? null : `${agent.buildsToday}`],
  ];
  return all.flatMap(([name, value]) => (value === null || value === '' ? [] : [[name, value] as const]));
}

/** For a list to choose from. */
export const agentWords = (agent: AgentRow, model: ReadModel, now: Time): string =>
  joined(WORDS[standingOf(agent, model, now)], agent.pool, agent.labels.join(', '));
