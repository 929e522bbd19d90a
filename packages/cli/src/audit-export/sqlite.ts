/**
 * The trail as one SQLite database, made by SQLite itself (as WebAssembly, so that nothing is compiled or fetched for a machine).
 * It is put together in memory, some 800 bytes for each operation, and written whole. What each column means stands in the
 * schema, which every program that opens the file can print.
 */
import { writeFile } from 'node:fs/promises';
import type { TrailCommit } from '@gityard/yard';
import type { Database, SqlValue } from 'sql.js';
import { EXPORT_VERSION, type Exported } from './record.ts';
import { AUDIT_SCHEMA } from './schema.ts';

export async function writeSqlite(path: string, exported: Exported): Promise<void> {
  const { default: load } = await import('sql.js');
  const { Database } = await load();
  const database = new Database();
  try {
    await fill(database, exported);
    await writeFile(path, database.export(), { flag: 'wx', mode: 0o600, flush: true });
  } finally {
    database.close();
  }
}

async function fill(database: Database, { head, commits, secretUses }: Exported): Promise<void> {
  database.run(AUDIT_SCHEMA);
  database.run(`PRAGMA user_version = ${EXPORT_VERSION}`);
  const rows = inserters(database);
  database.run('BEGIN');
  for (const [key, value] of Object.entries(head)) rows.meta([key, value === null ? null : String(value)]);
  for (const commit of commits) insertCommit(rows, commit);
  for await (const { at, secret, job, token, repository, branch, commit, from, refused } of secretUses)
    rows.secretUses([at, secret, job, token, repository, branch, commit, from, refused]);
  database.run('COMMIT');
}

type Insert = (values: SqlValue[]) => void;

function inserters(database: Database) {
  const into = (table: string, columns: number): Insert => {
    const statement = database.prepare(`INSERT INTO ${table} VALUES (${Array(columns).fill('?').join(', ')})`);
    return (values) => statement.run(values);
  };
  return {
    meta: into('meta', 2),
    commits: into('commits', 6),
    operations: into('operations', 14),
    changes: into('changes', 6),
    secretUses: into('secret_uses', 9),
  };
}

/** `null`: SQLite counts by itself. */
function insertCommit(rows: ReturnType<typeof inserters>, { commit, at, author, email, ...it }: TrailCommit): void {
  rows.commits([null, commit, at, author, email, it.operations.length === 0 ? 1 : 0]);
  for (const { operation, actor, agent, by, job, lock, message, token, transaction, reason, subject } of it.operations)
    rows.operations([
      null,
      commit,
      at,
      operation,
      actor,
      agent,
      by,
      job,
      lock,
      message,
      token,
      transaction || null,
      reason,
      subject,
    ]);
  for (const { path, change, job, from, to } of it.changes) rows.changes([commit, path, change, job, from, to]);
}
