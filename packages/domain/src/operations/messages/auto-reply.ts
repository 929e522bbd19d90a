/**
 * Answers a message as a rule of yard.json says. The guards against answers to answers stand here, so that every decision on
 * every head passes them: nothing automatic is answered, nor what stands deep in a thread; one rule answers one message once,
 * which the message itself remembers; and one sender gets so many answers an hour from one answerer.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { AutoReply as Rule } from '../../entities/auto-reply.ts';
import type { Message } from '../../entities/message.ts';
import { find } from '../../find.ts';
import { globMatches, holdsAll } from '../../glob.ts';
import { isExpired } from '../../recipients.ts';
import { putMessage, type State } from '../../state.ts';
import { idFrom } from '../../text.ts';
import { elapsedMs, type Time, toMs } from '../../time.ts';
import { SYSTEM, systemMessage } from './system-message.ts';

export interface AutoReply {
  readonly rule: string;
  readonly messageId: string;
  /** Of the answer. */
  readonly id: string;
  readonly now: Time;
}

/** Deeper in a thread two programs may be talking to each other that do not say that they are programs. */
const MOST_HOPS = 3;
const HOUR_MS = 3_600_000;
/** A new rule does not answer the mail of last month, and agents that were away answer that of today. */
const OLDEST_MS = 24 * HOUR_MS;

export function autoReply(state: State, { rule: name, messageId, id, now }: AutoReply): Decision<Message> {
  const rule = state.yard.autoReplies.find((it) => it.name === name);
  if (!rule) return refuse('NOT_FOUND', `yard.json has no rule ${name} in autoReplies`, [name]);
  const found = find(state.messages, messageId, 'message');
  if (!found.ok) return found;
  const { value: message } = found;
  const subject = { message: message.id };
  if (Object.hasOwn(message.followUps, causeOf(rule)))
    return accept(message, [], `rule ${name} has answered message ${message.id} already`, subject);
  const against = reasonAgainst({ rule, message, now, given: answersIn(state) });
  if (against) return refuse('NOTHING_TO_DO', `rule ${name} does not answer message ${message.id}: ${against}`);

  const sent = systemMessage(state, { id, now, message: replyTo(message, rule) });
  if (!sent.ok) return sent;
  const answered = { ...message, followUps: { ...message.followUps, [causeOf(rule)]: sent.result.id } };
  const summary = `answer message ${message.id} by rule ${name}: message ${id}`;
  return accept(answered, [...sent.changes, putMessage(answered)], summary, subject);
}

/** What the rules would answer now, oldest first. */
export function dueReplies(state: State, now: Time): readonly { readonly rule: string; readonly messageId: string }[] {
  const { autoReplies } = state.yard;
  if (autoReplies.length === 0) return [];
  const given = answersIn(state);
  const due = [...state.messages].flatMap((message) =>
    autoReplies
      .filter(
        (rule) => !Object.hasOwn(message.followUps, causeOf(rule)) && !reasonAgainst({ rule, message, now, given }),
      )
      .map((rule) => ({ rule: rule.name, messageId: message.id })),
  );
  return due.sort((a, b) => (a.messageId < b.messageId ? -1 : 1));
}

interface Question {
  readonly rule: Rule;
  readonly message: Message;
  readonly now: Time;
  readonly given: Answers;
}

function reasonAgainst({ rule, message, now, given }: Question): string | undefined {
  if (message.automatic) return 'it is automatic itself';
  if (message.hops >= MOST_HOPS) return `it is answer number ${message.hops} in its thread`;
  if (elapsedMs(message.sentAt, now) > OLDEST_MS || isExpired(message, now)) return 'it is too old';
  if (!isMeant(rule, message)) return 'it is not one of those that the rule is for';
  if (idFrom(answererOf(rule, message)) === idFrom(message.from)) return 'nobody answers himself';
  return answersBefore(given, rule, message) >= rule.perHour
    ? `${message.from} had its answers for this hour`
    : undefined;
}

function isMeant({ to, from, type, match }: Rule, message: Message): boolean {
  if (type !== null && type !== message.type) return false;
  if (!globMatches(to, message.to) || !globMatches(from, message.from)) return false;
  return match.includes('*')
    ? globMatches(match, message.subject)
    : holdsAll(`${message.subject}\n${message.body}`, match);
}

/** When automatic messages went from one to another: by both names. */
type Answers = ReadonlyMap<string, readonly number[]>;

function answersIn({ messages }: State): Answers {
  const given = new Map<string, number[]>();
  for (const { automatic, from, to, sentAt } of messages) {
    if (!automatic) continue;
    const pair = pairOf(from, to);
    const times = given.get(pair) ?? [];
    given.set(pair, times);
    times.push(toMs(sentAt));
  }
  return given;
}

const pairOf = (from: string, to: string): string => `${idFrom(from)} ${idFrom(to)}`;

/** Counted from the message on, not from now: what came in a storm stays unanswered when the storm is over. */
function answersBefore(given: Answers, rule: Rule, { from, to, sentAt }: Message): number {
  const since = toMs(sentAt) - HOUR_MS;
  return (given.get(pairOf(answererOf(rule, { to }), from)) ?? []).filter((it) => it > since).length;
}

/** Whom it names answers; nobody speaks for all. */
function answererOf({ as }: Rule, { to }: Pick<Message, 'to'>): string {
  return as ?? (idFrom(to) === 'all' ? SYSTEM : to);
}

function replyTo(message: Message, rule: Rule) {
  const { from, subject, id } = message;
  const values: Readonly<Record<string, string>> = { from, subject, id };
  const filled = (text: string): string =>
    text.replace(/\{(from|subject|id)\}/g, (_, name: string) => values[name] ?? '');
  return {
    from: answererOf(rule, message),
    to: from,
    type: 'response',
    subject: filled(rule.reply.subject),
    body: filled(rule.reply.body),
    replyTo: id,
  } as const;
}

const causeOf = ({ name }: Rule): string => `reply/${name}`;
