/** `monitor --comment`: does what the comment asks for that this run of a workflow is about, and answers it there. */
import { type CommandWish, operationOf, type Refused } from '@gityard/domain';
import type { Answered, AnswerPlan, Comment } from '@gityard/monitor';
import type { Yard } from '@gityard/yard';
import { answer, type Reply } from '../command.ts';
import type { Context } from '../context.ts';
import { CliError, usageError } from '../errors.ts';
import { readFileUpTo } from '../read-up-to.ts';
import { dim, good, type Line, line, warn } from '../text/lines.ts';
import type { IssuePlace } from './issue-place.ts';

/** What a host sends of an event at most. */
const MOST_BYTES = 25_000_000;

export async function answerCommentHere(context: Context, place: IssuePlace): Promise<Reply> {
  const comment = await readComment(context, place);
  if (!comment) return reply({ does: 'ignore', ok: true, text: 'the event is no new comment of a person' }, null);
  const [monitor, { maskSecrets }] = await Promise.all([import('@gityard/monitor'), import('@gityard/yard')]);
  const client = await monitor.openClient(place);
  const dialect = monitor.dialectOf(place.apiUrl);
  const host = new monitor.RestCommentHost({
    ...{ ...place, client, dialect },
    issues: new monitor.RestHost({ ...place, client, dialect }),
  });
  const state = await context.look();
  if (context.flags.dryRun) return foretold(await monitor.planAnswer({ comment, state, host }), comment);
  const yard = await context.yard();
  const answered = await monitor.answerComment({
    ...{ comment, state, host, mask: maskSecrets, now: context.now() },
    perform: (wish) => performOnce(yard, { wish, comment }),
  });
  return reply(answered, comment);
}

/** Where the workflow's host put it. */
async function readComment({ io }: Context, { owner, repo }: IssuePlace): Promise<Comment | undefined> {
  const path = io.env.GITHUB_EVENT_PATH;
  if (!path)
    throw usageError(
      'nobody said which comment is meant',
      'this is for a workflow on issue_comment: GITHUB_EVENT_PATH',
    );
  const bytes = await readFileUpTo(path, { mostBytes: MOST_BYTES, what: path });
  const { commentIn } = await import('@gityard/monitor');
  const comment = commentIn(parsed(bytes, path));
  if (comment && comment.repository.toLowerCase() !== `${owner}/${repo}`.toLowerCase())
    throw usageError(`the comment is of ${comment.repository}, not of ${owner}/${repo}`, 'leave --github out');
  return comment;
}

function parsed(bytes: Uint8Array | undefined, path: string): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new CliError('INVALID_DATA', `${path} holds no event`, { hint: 'the host of the workflow writes it', cause });
  }
}

/** The comment's number is the life under which it is counted: a run that is repeated finds it done. */
async function performOnce(
  yard: Yard,
  { wish, comment }: { wish: CommandWish; comment: Comment },
): Promise<{ ok: true } | Refused> {
  const { id, login, issue, repository } = comment;
  const reason = `comment ${id} of ${repository}#${issue}`;
  const operation = operationOf(yard.state, wish, { by: login, now: yard.now() });
  if (!operation.ok) return operation;
  const { name, input } = operation;
  const asker = { actor: 'chat-ops', boot: `comment-${id}`, request: 1 };
  const outcomes = await yard.performFor(asker, [{ name, input: input as never, wish, by: login, reason }]);
  const [outcome] = outcomes === 'applied-before' ? [] : outcomes;
  return outcome?.ok === false ? outcome : { ok: true };
}

const reply = ({ does, ok, text }: Answered, comment: Comment | null): Reply =>
  answer({ comment: comment?.id ?? null, by: comment?.login ?? null, does, ok, text }, () => lines(does, ok, text));

function lines(does: Answered['does'], ok: boolean, text: string): Line[] {
  if (does === 'ignore' || does === 'nothing') return [line(dim('nothing to do: '), text)];
  return [line(ok ? good('answered: ') : warn('refused: '), text)];
}

function foretold(plan: AnswerPlan, comment: Comment): Reply {
  const { does } = plan;
  const text = 'why' in plan ? plan.why : 'text' in plan ? plan.text : wordsOf(plan);
  return answer({ dryRun: true, comment: comment.id, by: comment.login, does, text }, () => [
    line('would ', does, ': ', text),
  ]);
}

const wordsOf = (plan: Extract<AnswerPlan, { does: 'why' | 'wish' }>): string =>
  plan.does === 'why' ? `job ${plan.job}` : `${plan.wish.op} job ${plan.wish.target}`;
