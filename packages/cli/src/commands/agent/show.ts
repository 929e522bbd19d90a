/** One agent: who it is, what it can do, what it does now. */
import { type Agent, agentHealth, agentStatus, isHeld, modeOf, type State, type Time, whyIdle } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { argument } from '../../parameters.ts';
import { dim, type Line, line, type Span } from '../../text/lines.ts';
import { agoText, plural, statusSpan } from '../../text/words.ts';
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
    loops: heartbeat?.loops ?? [],
    jobs: [...state.jobs].filter((job) => isHeld(job) && job.agent === agent.id).map((job) => job.id),
  };
}

function drawn(agent: ReturnType<typeof agentInFull>, now: Time): Line[] {
  const { capabilities, allows } = agent;
  const tools = Object.entries(capabilities.tools).map(([name, version]) => `${name} ${version}`);
  const rows: readonly (readonly [string, Span])[] = [
    ['status', statusSpan(agent.status)],
    ['health', statusSpan(agent.health)],
    ['seen', agoText(agent.lastBeatAt, now)],
    ['mode', agent.idleBecause ?? ''],
    ['host', agent.host],
    ['pool', agent.pool],
    ['labels', agent.labels.join(', ')],
    ['jobs', agent.jobs.join(', ')],
    ['slots', String(agent.slots)],
    ['takes', agent.tasks ? 'tasks, for a processor of its own' : 'builds'],
    [
      'machine',
      `${capabilities.os} ${capabilities.arch}, ${plural(capabilities.cores, 'core')}, ${capabilities.memoryGB} GB`,
    ],
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
