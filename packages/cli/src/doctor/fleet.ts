/** How the fleet is, by the same rules by which the health monitor opens issues; and whether this machine's agent is alone under its name. */
import assert from 'node:assert/strict';
import { hostname } from 'node:os';
import { agentHealth, needsYou } from '@gityard/domain';
import type { Context } from '../context.ts';
import { agoText, plural } from '../text/words.ts';
import { doubtful, type Finding, fine, skipped, wrong } from './check.ts';

export async function checkAgents(context: Context): Promise<Finding> {
  const state = await context.look();
  const now = context.now();
  const agents = [...state.agents];
  const silent = agents
    .filter((it) => agentHealth(state.heartbeats.get(it.id), now, state.yard) === 'silent')
    .map((it) => it.id);
  if (silent.length === 0)
    return fine(
      agents.length === 0
        ? 'none has joined yet (gityard agent run)'
        : `${plural(agents.length, 'agent')}, none silent`,
    );
  return wrong(`silent: ${silent.join(', ')}`, 'look at those machines, or gityard agent remove <id>');
}

export async function checkDuplicate(context: Context): Promise<Finding> {
  const [state, { id, source }] = [await context.look(), await context.identity()];
  const beat = state.heartbeats.get(id);
  if (!beat || beat.stopped || agentHealth(beat, context.now(), state.yard) === 'silent')
    return fine(`nobody else is ${id}`);
  if (beat.host === hostname()) return fine(`${id} is an agent of this machine`);
  return doubtful(
    `${id} (${source}) lives on ${beat.host}: an agent that starts here would be refused`,
    'give this machine a name of its own: --agent, GITYARD_AGENT or /etc/gityard/agent',
  );
}

/** What the named checks of the monitor find; the first is told, and all are counted. */
export const monitored =
  (names: readonly string[], well: string) =>
  async (context: Context): Promise<Finding> => {
    const { CHECKS } = await import('@gityard/monitor');
    const known = CHECKS.map((it) => it.name);
    assert(
      names.every((it) => known.includes(it)),
      'the monitor has checks of these names',
    );
    const state = await context.look();
    const now = context.now();
    const look = { state, now, needs: needsYou(state, now), lastRunAt: null };
    const found = CHECKS.filter((it) => names.includes(it.name)).flatMap((it) => it.find(look));
    const [first] = found;
    if (!first) return fine(well);
    const more = found.length === 1 ? '' : ` (and ${found.length - 1} more)`;
    return doubtful(`${first.text}${more}`, first.remedies.join('; ') || 'gityard status');
  };

export async function checkNotices(context: Context): Promise<Finding> {
  const state = await context.look();
  const now = context.now();
  const rules = state.yard.notifications;
  if (rules.length === 0) return skipped('the yard notifies nobody ("notifications" of yard.json)');
  const heard = [...state.heartbeats].filter((it) => agentHealth(it, now, state.yard) !== 'silent');
  const mute = rules.find(({ channel }) => !heard.some((it) => it.channels.includes(channel)));
  if (mute)
    return doubtful(
      `rule ${mute.name} tells over ${mute.channel}, which no agent that is heard of knows`,
      `put it into notify.json of an agent, or set GITYARD_NOTIFY_${mute.channel.toUpperCase()}_URL there`,
    );
  return monitored(['notify-failing'], `${plural(rules.length, 'rule')}, each with an agent that can tell it`)(context);
}

const LATE_MS = 5 * 60_000;

/** The page draws what agents put beside their heartbeats. */
export async function checkPage(context: Context): Promise<Finding> {
  const state = await context.look();
  const now = context.now();
  const model = (await context.yard()).live.model();
  const isHeard = [...state.heartbeats].some((it) => agentHealth(it, now, state.yard) === 'fresh');
  if (!isHeard) return skipped('no agent is there to tell a page anything');
  if (!model)
    return doubtful('the page has nothing to draw yet', 'wait for the next heartbeat, or gityard health update');
  const isOld = Date.parse(now) - Date.parse(model.at) > LATE_MS;
  const text = `what the page draws was made ${agoText(model.at, now)} by ${model.by}`;
  return isOld ? doubtful(text, 'gityard health update; look at the upkeep of the agents') : fine(text);
}
