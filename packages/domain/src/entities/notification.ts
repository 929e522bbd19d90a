/**
 * A rule of notification in `yard.json`: what is told, over which channel, and how often at most. Where a channel leads is
 * no business of the yard: each agent that has its address keeps that for itself.
 */
import { closed, listOf, name, nullableText, text } from './schema.ts';
import type { TypeOf } from './type-of.ts';

export const LANGUAGES = ['en', 'de'] as const;

/** What a rule may ask to be told of. A newer program may know more of them. */
export const NOTICE_WORDS: readonly string[] = [
  'needs-you',
  'resolved',
  'job-failed',
  'job-fixed',
  'job-ended',
  'job-expired',
  'job-stuck',
  'needs-approval',
  'job-runs-long',
  'oldest-wait',
  'objective-burning',
  'queue-paused',
  'agent-silent',
  'agent-back',
  'agent-blind',
  'cpu-critical',
  'memory-critical',
  'disk-critical',
  'notify-failing',
  'program-returned',
  'upkeep-failing',
  'inbox-refused',
  'file-broken',
  'file-restored',
  'message-overdue',
  'lock-expired',
];

export const notificationSchema = closed(
  {
    name: { ...name, description: 'one rule of each name' },
    channel: { ...name, description: 'as agents know it: GITYARD_NOTIFY_<CHANNEL>_URL, or their notify.json' },
    when: {
      ...listOf(text(50), { maxItems: 50 }),
      description:
        'job-failed, job-fixed, job-ended, agent-silent, agent-back, resolved, needs-you for all that needs a person, or a code of that list',
    },
    minPriority: {
      type: 'integer',
      minimum: 1,
      maximum: 10,
      default: 10,
      description: 'only of jobs with this priority or a more urgent one (1 = first)',
    },
    threshold: {
      type: 'integer',
      minimum: 1,
      maximum: 100,
      default: 1,
      description: 'of failures: told after so many in a row',
    },
    coolDownMinutes: {
      type: 'number',
      minimum: 0,
      maximum: 10_080,
      default: 15,
      description: 'the least time between two alarms about the same thing',
    },
    maxPerHour: {
      type: 'integer',
      minimum: 1,
      maximum: 200,
      default: 20,
      description: 'the most that this rule tells in an hour',
    },
    language: { enum: LANGUAGES, default: 'en', description: 'of what is told' },
    template: {
      ...nullableText(2000),
      description:
        'what is told, where {yard} {code} {agent} {job} {branch} {text} {url} are filled in; null: {text} alone',
    },
    url: { ...nullableText(1000), description: 'what {url} stands for, and where the message leads' },
  },
  ['name', 'channel', 'when'],
);

export type Notification = TypeOf<typeof notificationSchema>;
