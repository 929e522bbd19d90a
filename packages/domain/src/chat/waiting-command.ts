/**
 * Whether a message holds a command that somebody still has to carry out. Never an automatic one: what programs say to each
 * other must not become work, or two of them could keep each other busy for ever.
 */
import type { Message } from '../entities/message.ts';
import { isExpired } from '../recipients.ts';
import { after, DAY_MS, isBefore, type Time } from '../time.ts';
import { isCommand } from './command.ts';

/** What lay about for longer was meant for other times: an old message that is brought in must not start a build. */
const STALE_AFTER_DAYS = 7;

export function waitsForExecution(message: Message, now: Time): boolean {
  const { executed, automatic, hops, type, body, sentAt } = message;
  if (executed !== null || automatic || hops > 0 || type === 'response' || !isCommand(body)) return false;
  return !isExpired(message, now) && isBefore(now, after(sentAt, STALE_AFTER_DAYS * DAY_MS));
}
