/** What the yard must be: reachable, whole, writable, in time, and alive. */
import { agentHealth, fileProblems } from '@gityard/domain';
import type { Context } from '../context.ts';
import { durationText, plural } from '../text/words.ts';
import { type Finding, fine, wrong } from './check.ts';

export async function checkYard(context: Context): Promise<Finding> {
  const { source } = await context.yardAddress();
  const yard = await context.yard();
  return fine(`${yard.address} (${source}), at ${yard.head.slice(0, 10)}`);
}

export async function checkRefs(context: Context): Promise<Finding> {
  const { refs, transport } = await context.yard();
  const names = [refs.state, refs.live, refs.logs];
  const there = await transport.readRefs(names);
  const missing = names.filter((it) => !there.has(it));
  if (missing.length === 0) return fine(names.join(', '));
  return wrong(`missing: ${missing.join(', ')}`, 'gityard init makes what is missing, and touches nothing else');
}

/** No commit has this name, so a push that expects it changes nothing: the answer alone is what we want. */
const NOT_THERE = `${'0'.repeat(39)}1`;
/** A push carries at least one object. */
const EMPTY_BLOB = {
  oid: 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391',
  type: 'blob',
  body: new Uint8Array(),
} as const;

/** Git compares commits, and finds none under our made-up name, only where nothing but descendants may follow. */
const CHECKED_FOR_DESCENT = 'bad ref';

export async function checkPush(context: Context): Promise<Finding> {
  const { refs, transport, head } = await context.yard();
  const updates = [{ ref: refs.state, expected: NOT_THERE, next: head }];
  const outcome = await transport.push({ updates, objects: [EMPTY_BLOB] });
  if (outcome.kind === 'unclear')
    return wrong(`a trial push got no clear answer: ${outcome.cause.message}`, 'look for a proxy that cuts requests');
  const answer = outcome.refs.get(refs.state);
  if (answer && !answer.ok && answer.reason.startsWith(CHECKED_FOR_DESCENT))
    return wrong(
      `the server lets no branch be replaced, as ${refs.live} is with each heartbeat: agents would claim nothing`,
      'git config receive.denyNonFastForwards false, in the repository on the server',
    );
  if (answer && !answer.ok && answer.sort === 'refused')
    return wrong(
      `a trial push was refused: ${answer.reason}`,
      'let this user push to the refs of the yard; look for hooks and protected branches',
    );
  return fine('pushing is allowed');
}

const SKEW_LIMIT_MS = 60_000;

export async function checkClock(context: Context): Promise<Finding> {
  const { aheadMs } = (await context.yard()).transport;
  if (aheadMs === undefined) return fine('the yard is on this machine, or tells no time');
  if (aheadMs === 0) return fine('no different from the server, as far as it tells');
  const text = `${durationText(Math.abs(aheadMs))} ${aheadMs > 0 ? 'behind' : 'ahead of'} the server`;
  return Math.abs(aheadMs) <= SKEW_LIMIT_MS ? fine(text) : wrong(text, 'let this machine keep its time with NTP');
}

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

export async function checkFiles(context: Context): Promise<Finding> {
  const problems = fileProblems((await context.yard()).state);
  const broken = problems.filter((it) => !it.restored);
  const [first] = broken;
  if (first)
    return wrong(
      `${plural(broken.length, 'broken file')}, first ${first.path}: ${first.reason}`,
      'gityard quarantine list shows them; mend them by a commit',
    );
  const kept =
    problems.length === 0 ? '' : `; ${plural(problems.length, 'restored one')} to look at in quarantine list`;
  return fine(`every file of the yard is valid${kept}`);
}
