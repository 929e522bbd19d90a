/**
 * Does what a comment asks for, and answers it: once, however often the run is repeated. What it changes is counted in the yard
 * under the comment's number, and the answer bears that number, so that a run which died in between is gone on with.
 */
import { after, type CommandWish, explain, find, isBefore, type Refused, type State, type Time } from '@gityard/domain';
import { fenced, oneLine } from '../text/harmless.ts';
import type { Mask } from '../text/masked.ts';
import { USAGE } from './command.ts';
import type { Comment } from './comment.ts';
import type { CommentHost } from './host.ts';
import { type AnswerPlan, planAnswer } from './plan-answer.ts';

export interface AnswerComment {
  readonly comment: Comment;
  readonly state: State;
  readonly now: Time;
  readonly host: CommentHost;
  readonly mask: Mask;
  /** Once for each comment: what an earlier run did is done. */
  perform(wish: CommandWish, comment: Comment): Promise<{ readonly ok: true } | Refused>;
}

export interface Answered {
  readonly does: AnswerPlan['does'] | 'nothing';
  readonly ok: boolean;
  readonly text: string;
}

export async function answerComment(asked: AnswerComment): Promise<Answered> {
  const { comment, host, mask } = asked;
  const plan = await planAnswer(asked);
  if (plan.does === 'ignore') return { does: 'ignore', ok: true, text: plan.why };
  if (plan.does === 'decline') {
    await host.react(comment.id, '-1');
    return { does: 'decline', ok: false, text: plan.why };
  }
  const isFirst = await host.react(comment.id, 'eyes');
  const taken = isFirst ? null : await takenBefore(asked);
  if (taken !== null) return { does: 'nothing', ok: true, text: taken };
  const { ok, text } = await answerTo(plan, asked);
  await host.comment(comment.issue, `${markerOf(comment)}\n${fenced(await mask(text))}`);
  await host.react(comment.id, ok ? '+1' : 'confused');
  return { does: plan.does, ok, text };
}

/** A comment of HTML that nobody sees. Its number is GitHub's, so nobody knows it beforehand. */
const markerOf = ({ id }: Comment): string => `<!-- gityard-answer:${id} -->`;

/** No run of a workflow takes longer. */
const RUN_MS = 10 * 60_000;

/** Of two runs the host tells one that it was the first. The other leaves the comment to it, unless that one must be dead. */
async function takenBefore({ comment, host, now }: AnswerComment): Promise<string | null> {
  const answers = await host.answersSince(comment.issue, comment.createdAt);
  if (answers.some((it) => it.startsWith(markerOf(comment)))) return 'it was answered before';
  const dead = after(comment.createdAt, RUN_MS);
  return isBefore(now, dead) ? `another run answers it; if that one died, repeat this after ${dead}` : null;
}

interface Words {
  readonly ok: boolean;
  readonly text: string;
}

async function answerTo(
  plan: Exclude<AnswerPlan, { does: 'ignore' | 'decline' }>,
  { comment, state, now, perform }: AnswerComment,
): Promise<Words> {
  if (plan.does === 'refuse') return { ok: false, text: [plan.text, ...(plan.isUsage ? USAGE : [])].join('\n') };
  if (plan.does === 'why') return whyWords(state, plan.job, now);
  const done = await perform(plan.wish, comment);
  if (!done.ok) return { ok: false, text: done.reason };
  return { ok: true, text: DONE[plan.wish.op]?.(plan.wish) ?? 'done' };
}

const DONE: Partial<Record<CommandWish['op'], (wish: CommandWish) => string>> = {
  cancel: ({ target }) => `job ${target} is cancelled, or will be as soon as its agent has stopped it`,
  retry: ({ target }) => `job ${target} is in the queue again`,
  approve: ({ target }) => `job ${target} has your approval; /gityard why ${target} says whether it still waits`,
  reject: ({ target }) => `job ${target} is rejected, and cancelled`,
  prioritise: ({ target, args }) => `job ${target} has priority ${Number(args.priority)} (1 is first)`,
};

function whyWords(state: State, id: string, now: Time): Words {
  const found = find(state.jobs, id, 'job');
  if (!found.ok) return { ok: false, text: found.reason };
  const { status, canEverRun, position, reasons } = explain(state, found.value, now);
  const place = position === null ? '' : `, position ${position}`;
  const verdict = status !== 'queued' ? '' : canEverRun ? ' and will run' : ' and will never run unless someone acts';
  const lines = reasons.map((it) => `${it.class === 'stuck' ? '!' : '·'} ${oneLine(it.text, 500)}`);
  return { ok: true, text: [`job ${found.value.id} is ${status}${verdict}${place}`, ...lines].join('\n') };
}
