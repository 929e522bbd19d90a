/** The connection in words: its state, how much may still be asked, and all of it as a text for a bug report. Pure. */
import type { ReadModel, Time } from '@gityard/domain';
import { durationWords } from '../format.ts';
import type { Word } from '../words.ts';
import type { Budget, Connection, ConnectionState } from '../worker/protocol.ts';
import type { SourceKind } from '../worker/sources/source.ts';

export const CONNECTION_WORDS: Readonly<Record<ConnectionState, Word>> = {
  connecting: { tone: 'wait', word: 'Connecting' },
  live: { tone: 'ok', word: 'Live' },
  late: { tone: 'wait', word: 'Late' },
  limited: { tone: 'wait', word: 'Limited' },
  offline: { tone: 'bad', word: 'Offline' },
  paused: { tone: 'off', word: 'Paused' },
  past: { tone: 'wait', word: 'As of' },
};

export const SOURCE_WORDS: Readonly<Record<SourceKind, string>> = {
  api: 'the server of this page',
  folder: 'a copy in files',
  github: 'GitHub',
  gitea: 'Gitea',
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

export const resetWords = ({ resetsAt }: Budget, now: Time): string => {
  const rest = resetsAt - Date.parse(now);
  return rest > 0 ? `full again in ${durationWords(rest)}` : 'full again now';
};

/** What somebody who mends this page needs to know. No token is known here, so none can be told. */
export function bugReport(connection: Connection, model: ReadModel | undefined, now: Time): string {
  const { state, failure, source, budget, skewMs, hasToken, requests } = connection;
  const lines = [
    `Gityard page, ${now}`,
    `connection: ${state}${failure === null ? '' : `, ${failure.kind}: ${failure.reason}`}`,
    `source: ${source === null ? 'none yet' : `${source.kind} ${source.address}`}, ${hasToken ? 'with' : 'without'} a token`,
    model === undefined
      ? 'no snapshot'
      : `snapshot: commit ${model.head}, number ${model.sequence}, made ${model.at} by ${model.by}`,
    budget === null
      ? 'budget: none'
      : `budget: ${budget.left} of ${budget.limit}, resets ${new Date(budget.resetsAt).toISOString()}`,
    `clock: ${skewMs} ms behind the server`,
    `requests, newest first:`,
    ...requests.map(
      ({ at, what, ms, status, cost }) => `  ${new Date(at).toISOString()} ${status} ${ms} ms cost ${cost} ${what}`,
    ),
    `browser: ${navigator.userAgent}`,
  ];
  return lines.join('\n');
}
