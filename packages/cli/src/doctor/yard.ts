/** What the remote of the yard must be: reachable in a moment, writable, in time, with requests left. */
import type { Context } from '../context.ts';
import { durationText } from '../text/words.ts';
import { doubtful, type Finding, fine, skipped, wrong } from './check.ts';

const SLOW_MS = 5_000;

export async function checkYard(context: Context): Promise<Finding> {
  const { source } = await context.yardAddress();
  const yard = await context.yard();
  const beganMs = performance.now();
  await yard.transport.readRefs([yard.refs.state]);
  const tookMs = Math.round(performance.now() - beganMs);
  const text = `${yard.address} (${source}), at ${yard.head.slice(0, 10)}, answers in ${tookMs} ms`;
  if (tookMs > SLOW_MS) return doubtful(text, 'look at the network, a proxy, and hooks on the server');
  return fine(text);
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

const REQUESTS_FLOOR = 0.1;

export async function checkRequests(context: Context): Promise<Finding> {
  const { transport } = await context.yard();
  const { rateLimit } = transport;
  if (rateLimit === undefined) return skipped('the remote counts no requests, or does not tell');
  const { limit, remaining, resetsAtMs } = rateLimit;
  const text = `${remaining} of ${limit} requests are left until ${new Date(resetsAtMs).toISOString()}`;
  return remaining / limit >= REQUESTS_FLOOR
    ? fine(text)
    : doubtful(text, 'ask less often (poll.seconds of yard.json), or give each machine a token of its own');
}

export async function checkPushBudget(context: Context): Promise<Finding> {
  await context.look();
  const { perMinute, used, left } = (await context.yard()).connection().pushBudget;
  if (perMinute === null || left === null) return skipped('pushes are not counted here');
  const text = `${used} of ${perMinute} pushes were made in the last minute`;
  return left > 0
    ? fine(text)
    : doubtful(
        text,
        'writes wait their turn: fewer agents, a longer heartbeat.intervalSeconds, or a relay (GITYARD_RELAY_KEY)',
      );
}
