/**
 * Brings the read model up to date for those who have cron and no agent, and beats for a server that has only a script. Where
 * nothing but the time has changed, nothing is written.
 */
import { hostname } from 'node:os';
import {
  after,
  agentHealth,
  type Heartbeat,
  type ReadModel,
  readModel,
  type State,
  saysTheSame,
  type Time,
} from '@gityard/domain';
import type { Yard } from '@gityard/yard';
import { answer, defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError, usageError } from '../../errors.ts';
import { duration, option } from '../../parameters.ts';
import { enterToReport } from '../../yard/enter-agent.ts';
import { pushUseOf } from '../../yard/push-use.ts';

interface Figures {
  readonly cpu: number | undefined;
  readonly memory: number | undefined;
  readonly disk: number | undefined;
  readonly diskFree: number | undefined;
}

export const command = defineCommand({
  name: 'health update',
  summary: 'bring what pages read up to date, by hand',
  details:
    'Agents do so with every beat. With figures it is also a sign of life of --agent, for a server that has a script and no ' +
    'daemon: it promises the next one within --every. The state of the yard is not touched.',
  example: 'gityard health update --agent build3 --cpu 17 --memory 52 --every 5m',
  acts: true,
  parameters: {
    cpu: option('percent', 'of the processors in use'),
    memory: option('percent', 'of the memory in use'),
    disk: option('percent', 'of the disk in use'),
    diskFree: option('GB', 'free on the disk'),
    every: duration('time', 'with figures: how soon the next one comes, at the latest; 5m'),
  },
  run: async (context, args) => {
    const figures = figuresOf(args);
    const isBeat = Object.values(figures).some((it) => it !== undefined);
    if (!isBeat && args.every !== undefined)
      throw usageError(
        '--every promises another sign of life, and this is none',
        'give --cpu, --memory or --disk as well',
      );
    if (args.every !== undefined && args.every < SHORTEST_EVERY_MS)
      throw usageError('--every is at least a second', 'e.g. --every 5m');
    await context.look();
    if (!isBeat) return publish(context, null);
    const entered = await registered(context);
    return entered ?? publish(context, { figures, everyMs: args.every ?? DEFAULT_EVERY_MS });
  },
});

const DEFAULT_EVERY_MS = 300_000;
const SHORTEST_EVERY_MS = 1_000;

function figuresOf(args: Readonly<Record<keyof Figures, string | undefined>>): Figures {
  return {
    cpu: numberOf('--cpu', args.cpu, 100),
    memory: numberOf('--memory', args.memory, 100),
    disk: numberOf('--disk', args.disk, 100),
    diskFree: numberOf('--disk-free', args.diskFree, 1_000_000),
  };
}

function numberOf(name: string, word: string | undefined, most: number): number | undefined {
  if (word === undefined) return undefined;
  const number = /^\d+(\.\d+)?$/.test(word) ? Number(word) : Number.NaN;
  if (number <= most) return number;
  throw usageError(`${name} ${word} is no number from 0 to ${most}`, `e.g. ${name} 17.5`);
}

/** Undefined: it is, and no daemon speaks for it. */
async function registered(context: Context): Promise<Reply | undefined> {
  const { id } = await context.identity();
  const yard = await context.yard();
  const daemon = yard.state.heartbeats.get(id);
  if (daemon && daemon.pid !== 0 && agentHealth(daemon, context.now(), yard.state.yard) === 'fresh' && !daemon.stopped)
    throw new CliError('CONFLICT', `agent ${id} has a daemon on ${daemon.host}, which beats for itself`, {
      hint: 'name another --agent',
    });
  if (yard.state.agents.has(id)) return undefined;
  const entered = await enterToReport(context, id);
  return typeof entered === 'number' || 'ok' in entered || context.flags.dryRun ? entered : undefined;
}

interface ByHand {
  readonly figures: Figures;
  readonly everyMs: number;
}

async function publish(context: Context, byHand: ByHand | null): Promise<Reply> {
  const yard = await context.yard();
  const { id } = await context.identity();
  const heartbeat = byHand && beatOf(yard.state, { id, now: context.now(), ...byHand });
  const before = yard.live.model();
  let made: ReadModel | null = null;
  const model = (heartbeats: State['heartbeats'], sequence: number): ReadModel | null => {
    made = newsOf(yard, { heartbeats, sequence, now: context.now() });
    return made;
  };
  if (context.flags.dryRun)
    model(heartbeat ? yard.state.heartbeats.with(id, heartbeat) : yard.state.heartbeats, (before?.sequence ?? 0) + 1);
  else await yard.live.beat({ heartbeat: heartbeat && (() => heartbeat), model });
  const published = made !== null;
  const { sequence, at } = (made as ReadModel | null) ?? before ?? { sequence: 0, at: null };
  const value = { published, beat: heartbeat !== null, sequence, at, head: yard.head, dryRun: context.flags.dryRun };
  const did = context.flags.dryRun ? 'would be brought up to date' : 'is up to date';
  return answer(value, () => [
    [published ? `the read model ${did}: version ${sequence}` : 'nothing changed but the time'],
  ]);
}

interface Now {
  readonly heartbeats: State['heartbeats'];
  readonly sequence: number;
  readonly now: Time;
}

function newsOf(yard: Yard, { heartbeats, sequence, now }: Now): ReadModel | null {
  const facts = { now, head: yard.head, sequence, by: yard.actor, push: pushUseOf(yard) };
  const made = readModel({ ...yard.state, heartbeats }, facts);
  const before = yard.live.model();
  return before && saysTheSame(before, made) ? null : made;
}

interface BeatByHand extends ByHand {
  readonly id: string;
  readonly now: Time;
}

/** No process stands behind it, and it holds no job. */
function beatOf({ agents, heartbeats }: State, { id, now, figures, everyMs }: BeatByHand): Heartbeat {
  const before = heartbeats.get(id);
  const own = before?.pid === 0 ? before : undefined;
  return {
    schemaVersion: 1,
    agent: id,
    boot: agents.get(id)?.boot ?? 'by-hand',
    beat: (own?.beat ?? 0) + 1,
    at: now,
    nextBeatBy: after(now, everyMs),
    host: hostname(),
    pid: 0,
    version: 'by hand',
    jobs: [],
    loops: [],
    upkeep: [],
    takesNoJobs: null,
    stopped: false,
    pushes: 0,
    machine: {
      cpuPercent: figures.cpu ?? null,
      memoryPercent: figures.memory ?? null,
      diskPercent: figures.disk ?? null,
      diskFreeGB: figures.diskFree ?? null,
      load1: null,
      uptimeSeconds: 0,
      temperatureC: null,
    },
    before: own?.machine ?? null,
    remoteMs: null,
    channels: [],
  };
}
