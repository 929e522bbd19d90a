/** The health of the fleet in a few words for the status bar: worst first, one glance. Pure. */
import type { ReadModel, Time } from '@gityard/domain';
import { standingOf } from './agent-rows.ts';
import { type Connection, connectionWords } from './connection.ts';
import { needText } from './need-rows.ts';
import { counted, plain } from './words.ts';

export interface FleetHealth {
  readonly text: string;
  /** Markdown. */
  readonly tooltip: string;
  readonly tone: 'calm' | 'warning' | 'error';
}

export interface SeenFleet {
  /** The newest that was told; undefined: none yet. */
  readonly model: ReadModel | undefined;
  readonly connection: Connection;
  readonly server: string;
}

const MOST_NEEDS = 5;

export function fleetHealth({ model, connection, server }: SeenFleet, now: Time): FleetHealth {
  const { kind } = connection;
  const words = plain(connectionWords(connection, server));
  if (!model) {
    const icon = kind === 'connecting' ? 'sync~spin' : kind === 'denied' ? 'lock' : 'debug-disconnect';
    const what = {
      none: '',
      live: '',
      late: '',
      connecting: ': connecting',
      offline: ': no server',
      denied: ': sign in',
    }[kind];
    return { text: `$(${icon}) Gityard${what}`, tooltip: words, tone: kind === 'denied' ? 'warning' : 'calm' };
  }
  const stale = kind === 'live' ? '' : ' $(debug-disconnect)';
  const { icon, text, tone } = verdict(model, now);
  const { totals, needsYou } = model;
  const lines = [
    `**${plain(model.yard)}**: ${counted(model.agents.length, 'agent')}, ${totals.running} running, ${totals.queued} waiting`,
    `today ${totals.succeededToday} succeeded, ${totals.failedToday} failed`,
    ...needsYou.slice(0, MOST_NEEDS).map((it) => `⚠ ${plain(needText(model, it))}`),
    ...(needsYou.length > MOST_NEEDS ? [`and ${needsYou.length - MOST_NEEDS} more`] : []),
    words,
  ];
  return { text: `$(${icon}) ${oneWord(model.yard)}: ${text}${stale}`, tooltip: lines.join('  \n'), tone };
}

interface Verdict extends Pick<FleetHealth, 'text' | 'tone'> {
  readonly icon: string;
}

/** The first that holds is said: a silent agent hides that builds wait. */
function verdict(model: ReadModel, now: Time): Verdict {
  const { agents, totals } = model;
  const standings = agents.map((it) => standingOf(it, model, now));
  const silent = standings.filter((it) => it === 'silent').length;
  const needs = model.needsYou.length + (model.truncated.needsYou ?? 0);
  if (silent > 0) return { icon: 'error', text: `${counted(silent, 'agent')} silent`, tone: 'error' };
  if (totals.stuck > 0) return { icon: 'warning', text: `${counted(totals.stuck, 'job')} stuck`, tone: 'warning' };
  if (needs > 0)
    return { icon: 'warning', text: `${counted(needs, 'thing needs', 'things need')} you`, tone: 'warning' };
  if (agents.length === 0) return { icon: 'server', text: 'no agent yet', tone: 'calm' };
  if (totals.running > 0) return { icon: 'sync~spin', text: `${totals.running} running`, tone: 'calm' };
  const up = standings.filter((it) => it === 'fresh' || it === 'late').length;
  return { icon: 'server', text: `${up} of ${agents.length} up`, tone: 'calm' };
}

/** The status bar reads `$(…)` as an icon, wherever it stands. */
const oneWord = (text: string): string =>
  text
    .replaceAll(/[\s$()]+/g, ' ')
    .trim()
    .slice(0, 40);
