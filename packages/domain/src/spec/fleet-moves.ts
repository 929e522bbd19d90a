/** What a fleet does about itself: it notes how it stands, gives jobs to backups, and tells people. */
import type { Announcement } from '../operations/notices/announce.ts';
import { after, DAY_MS } from '../time.ts';
import type { Move, Setting } from './move.ts';

export const fleetMoves: readonly Move[] = [
  ['note-health', (it) => ({ now: after(it.now, it.dice.one([0, 0, 0.05, 40]) * DAY_MS) })],
  [
    'fail-over',
    (it) => ({
      from: it.dice.one(AGENTS),
      to: it.dice.one(AGENTS),
      drain: it.dice.rarely(9),
      reason: it.dice.one([null, 'a new disk']),
      now: it.now,
    }),
  ],
  ['fail-back', (it) => ({ agentId: it.dice.one(AGENTS), reason: null, now: it.now })],
  [
    'announce',
    (it) => {
      const announcements = it.dice.one([[aWord(it)], [aWord(it), aWord(it, 'other')], []]);
      return { rule: aRule(it), announcements, messages: announcements.length, by: 'a1', now: it.now };
    },
  ],
  [
    'assure',
    (it) => ({
      rule: aRule(it),
      keys: it.dice.one([[KEY], [KEY, 'other'], []]),
      outcome: it.dice.one(['sent', 'sent', 'failed'] as const),
      messages: it.dice.one([0, 1, 2]),
      by: it.dice.one(['a1', 'a1', 'a2']),
      now: it.now,
    }),
  ],
];

const AGENTS = ['a1', 'a2', 'a3'] as const;
const KEY = 'agent-silent:a2';
/** The one that the yard of the stories has, and one that it has not. */
const aRule = ({ dice }: Setting): string => (dice.rarely(6) ? 'none' : 'ops');
const aWord = ({ dice }: Setting, key: string = KEY): Announcement => ({
  key,
  state: dice.one(['open', 'closed']),
  code: 'agent-silent',
  about: dice.one(['a2', 'z'.repeat(500)]),
  silent: dice.rarely(3),
});
