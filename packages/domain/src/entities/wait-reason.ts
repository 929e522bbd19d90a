/** Why a job waits, as faces are told of it: a code for programs, words for people. */
import { closed, listOf, nullableTime, text } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const waitReasonSchema = closed(
  {
    code: {
      enum: [
        'just-queued',
        'needs-running',
        'agents-busy',
        'lock-held',
        'group-full',
        'quota-reached',
        'not-before',
        'backing-off',
        'claim-expiring',
        'no-agent-with',
        'all-matching-silent',
        'all-matching-paused',
        'all-matching-take-none',
        'agents-unheard',
        'need-failed',
        'need-missing',
        'paused',
        'needs-approval',
        'cycle',
        'attempts-exhausted',
        'expired',
        'invalid',
        'signature',
        'assigned-agent-missing',
      ],
    },
    class: { enum: ['will-run', 'stuck'] },
    text: text(1000),
    since: nullableTime,
    refs: listOf(text(255), {}),
  },
  ['code', 'class', 'text'],
);

export type WaitReason = TypeOf<typeof waitReasonSchema>;
