/** What became of a wish, in words. Pure. */
import type { Time } from '@gityard/domain';
import { clockTime } from '../format.ts';
import type { Word } from '../words.ts';
import type { Failure, Receipt } from '../worker/protocol.ts';
import type { WishLink } from '../worker/sources/source.ts';

export type Outcome =
  | { readonly state: 'sending' }
  | { readonly state: 'link'; readonly link: WishLink }
  | { readonly state: 'failed'; readonly failure: Failure }
  | Receipt;

export interface OutcomeWords extends Word {
  readonly text: string;
}

export function outcomeWords(outcome: Outcome, now: Time): OutcomeWords {
  switch (outcome.state) {
    case 'sending':
      return { tone: 'run', word: 'Sending', text: 'On its way …' };
    case 'applied':
      return {
        tone: 'ok',
        word: 'Done',
        text: outcome.id === undefined ? 'The yard has changed.' : 'The job is in the queue.',
      };
    case 'queued':
      return {
        tone: 'wait',
        word: 'In the inbox',
        text: 'It waits for a server to take it up, usually within a minute. This page shows the change once it is made.',
      };
    case 'refused':
      return { tone: 'bad', word: 'Refused', text: `${refusalWords(outcome)} Nothing was done.` };
    case 'link':
      return {
        tone: 'wait',
        word: 'Yours to send',
        text:
          outcome.link.paste === null
            ? 'The page of the host opens with everything filled in. Nothing happens before you confirm it there.'
            : 'This is too long for an address. The page of the host opens with the name of the file: copy the text below, put it in there, and confirm.',
      };
    case 'failed':
      return failedWords(outcome.failure, now);
  }
}

/** Of what was seen when it was asked: somebody else was quicker. */
const refusalWords = ({ code, reason }: Extract<Receipt, { state: 'refused' }>): string =>
  code === 'CONFLICT' || code === 'STALE_TOKEN'
    ? `It is not as you saw it any more: ${reason} (${code}).`
    : `${reason} (${code}).`;

function failedWords({ reason, until, mayHaveArrived }: Failure, now: Time): OutcomeWords {
  const why = `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`;
  if (mayHaveArrived)
    return {
      tone: 'wait',
      word: 'No answer',
      text: `${why} Whether it arrived is not known. Send it again as it is: it is done once, also when it arrived before.`,
    };
  const again = until === undefined ? '' : ` It can be sent again at ${clockTime(until, now)}.`;
  return { tone: 'bad', word: 'Not sent', text: `${why} Nothing has changed.${again}` };
}
