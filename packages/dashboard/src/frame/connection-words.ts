/** The connection in words: its state, and how much may still be asked. Pure. */
import type { Time } from '@gityard/domain';
import { durationWords } from '../format.ts';
import type { Word } from '../words.ts';
import type { Budget, Connection, ConnectionState } from '../worker/protocol.ts';

export const CONNECTION_WORDS: Readonly<Record<ConnectionState, Word>> = {
  connecting: { tone: 'wait', word: 'Connecting' },
  live: { tone: 'ok', word: 'Live' },
  late: { tone: 'wait', word: 'Late' },
  limited: { tone: 'wait', word: 'Limited' },
  offline: { tone: 'bad', word: 'Offline' },
  paused: { tone: 'off', word: 'Paused' },
  past: { tone: 'wait', word: 'As of' },
};

/** So many last for hours, and need not stand in every page's header. */
const PLENTY = 500;

/** `18 of 60 looks left, next in 18 s`; empty where nothing is scarce and nobody looks at intervals. */
export function lookWords({ budget, nextLookAt }: Connection, now: Time): string {
  const isScarce = budget !== null && budget.left < PLENTY;
  const wait = nextLookAt === null ? Number.NaN : nextLookAt - Date.parse(now);
  const next = wait > 0 ? [`next ${isScarce ? '' : 'look '}in ${durationWords(wait)}`] : [];
  return [...(isScarce ? [`${leftWords(budget)} left`] : []), ...next].join(', ');
}

export const leftWords = ({ left, limit }: Budget): string => `${left} of ${limit} looks`;
