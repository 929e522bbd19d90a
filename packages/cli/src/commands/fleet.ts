/** Lets nobody claim anything, on the agents of a pool or on the whole fleet; and lets them again. */
import { queuePauses, queuePauseText, type YardConfig } from '@gityard/domain';
import { type Answer, answer, type Command, defineCommand, type Reply } from '../command.ts';
import type { Context } from '../context.ts';
import { argument } from '../parameters.ts';
import { type Line, line } from '../text/lines.ts';
import { act } from '../yard/act.ts';
import { forLength, untilOf } from '../yard/until.ts';

const details = 'Jobs say meanwhile why they wait. What runs, runs on.';
const pool = argument('pool', 'the pool, as its agents name it');

export const pauseFleet: Command = defineCommand({
  name: 'fleet pause',
  summary: 'let no agent claim anything',
  details,
  example: 'gityard fleet pause --for 2h --reason "the database moves"',
  acts: true,
  parameters: { for: forLength },
  run: (context, args) => pause(context, { pool: null, ms: args.for }),
});

export const resumeFleet: Command = defineCommand({
  name: 'fleet resume',
  summary: 'let the agents claim again',
  details: 'A pool that was paused by itself stays paused.',
  example: 'gityard fleet resume',
  acts: true,
  parameters: {},
  run: (context) => resume(context, null),
});

export const pausePool: Command = defineCommand({
  name: 'pool pause',
  summary: 'let the agents of a pool claim nothing',
  details,
  example: 'gityard pool pause MacOS --reason "new certificates"',
  acts: true,
  parameters: { pool, for: forLength },
  run: (context, args) => pause(context, { pool: args.pool, ms: args.for }),
});

export const resumePool: Command = defineCommand({
  name: 'pool resume',
  summary: 'let the agents of a pool claim again',
  example: 'gityard pool resume MacOS',
  acts: true,
  parameters: { pool },
  run: (context, args) => resume(context, args.pool),
});

async function pause(
  context: Context,
  { pool: of, ms }: { pool: string | null; ms: number | undefined },
): Promise<Reply> {
  const { id: by } = await context.identity();
  const wish = { pool: of, by, reason: context.reason, until: await untilOf(context, ms) };
  return act(context, 'pause-fleet', wish, ({ result }) => shown(context, result, []));
}

function resume(context: Context, of: string | null): Promise<Reply> {
  const wish = { pool: of, reason: context.reason };
  const resumed = line(of === null ? 'the fleet is resumed' : `pool ${of} is resumed`);
  return act(context, 'resume-fleet', wish, ({ result, commit }) =>
    shown(context, result, commit === null ? [] : [resumed]),
  );
}

/** What is paused now, all of it: a pool may still be when the fleet is not. */
function shown(context: Context, paused: YardConfig['paused'], done: readonly Line[]): Answer {
  const pauses = queuePauses({ yard: { paused } }, context.now());
  return answer({ paused: pauses }, () =>
    pauses.length + done.length === 0
      ? [line('nothing is paused')]
      : [...done, ...pauses.map((it) => line(queuePauseText(it)))],
  );
}
