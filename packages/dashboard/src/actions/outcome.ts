/** What became of a wish, in words. Pure. */

import type { Word } from '../words.ts';
import type { Failure, Receipt } from '../worker/protocol.ts';

export type Outcome =
  | { readonly state: 'sending' }
  | { readonly state: 'link'; readonly link: string }
  | { readonly state: 'failed'; readonly failure: Failure }
  | Receipt;

export interface OutcomeWords extends Word {
  readonly text: string;
}

export function outcomeWords(outcome: Outcome): OutcomeWords {
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
        text: 'The page of the host opens with everything filled in. Nothing happens before you confirm it there.',
      };
    case 'failed':
      return {
        tone: 'bad',
        word: 'Not sent',
        text: `${outcome.failure.reason}. Whether it arrived is not known where the answer was lost; look before you try again.`,
      };
  }
}

/** Of what was seen when it was asked: somebody else was quicker. */
const refusalWords = ({ code, reason }: Extract<Receipt, { state: 'refused' }>): string =>
  code === 'CONFLICT' || code === 'STALE_TOKEN'
    ? `It is not as you saw it any more: ${reason} (${code}).`
    : `${reason} (${code}).`;
