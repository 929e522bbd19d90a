/** What only those read who ask about the connection: where the data come from, and all of it as a text for a bug report. Pure. */
import type { ReadModel, Time } from '@gityard/domain';
import { durationWords } from '../format.ts';
import type { Budget, Connection } from '../worker/protocol.ts';
import type { SourceKind } from '../worker/sources/source.ts';

export const SOURCE_WORDS: Readonly<Record<SourceKind, string>> = {
  api: 'the server of this page',
  folder: 'a copy in files',
  github: 'GitHub',
  gitea: 'Gitea',
};

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
