/** The operation log: the history of the state branch, a row for each operation. People's commits have a row too. */
import type { HistoryCommit } from '@gityard/store';
import { operationsIn } from '../writing/commit-message.ts';
import type { Yard } from '../yard.ts';
import { readHeads } from './heads.ts';

export interface LogRow {
  readonly commit: string;
  readonly at: string;
  readonly author: string;
  /** null: a commit that a person made. */
  readonly operation: string | null;
  readonly agent: string | null;
  /** Whose word it was, where that is not who wrote it. */
  readonly by: string | null;
  readonly job: string | null;
  readonly token: number | null;
  readonly transaction: string | null;
  readonly reason: string | null;
  readonly subject: string;
}

/** Newest first. Fetches the history, which nothing else needs. */
export async function readLog(
  yard: Pick<Yard, 'transport' | 'refs'>,
  limit = Number.POSITIVE_INFINITY,
): Promise<LogRow[]> {
  const history = await readHeads(yard.transport, yard.refs.state);
  const rows: LogRow[] = [];
  for (const commit of history.commits.toReversed()) {
    if (rows.length >= limit) break;
    rows.push(...rowsOf(commit).toReversed());
  }
  return rows.slice(0, limit === Number.POSITIVE_INFINITY ? undefined : limit);
}

function rowsOf(commit: HistoryCommit): LogRow[] {
  const { oid, message, author } = commit;
  const base = { commit: oid, at: new Date(author.atSeconds * 1000).toISOString(), author: author.name };
  const operations = operationsIn(message);
  if (operations.length > 0)
    return operations.map(({ lock: _, message: __, ...row }) => ({
      ...base,
      ...row,
      transaction: row.transaction || null,
    }));
  const subject = message.split('\n')[0] ?? '';
  return [
    {
      ...base,
      operation: null,
      agent: null,
      by: null,
      job: null,
      token: null,
      transaction: null,
      reason: null,
      subject,
    },
  ];
}
