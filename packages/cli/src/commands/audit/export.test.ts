/** The exported trail, over a cut of the history, read back by programs that are not ours. */
import { execFile } from 'node:child_process';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from '../../program.fixture.ts';

interface CommitLine {
  readonly type: string;
  readonly commit: string;
  readonly at: string;
  readonly author: string;
  readonly operations: readonly { operation: string; job: string | null; subject: string; reason: string | null }[];
  readonly changes: readonly {
    path: string;
    change: string;
    job: string | null;
    from: string | null;
    to: string | null;
  }[];
}

let world: World;
let id: string;
beforeAll(async () => {
  world = await makeWorld();
  ({ id } = await world.json<{ id: string }>(['job', 'add', '--', 'true']));
  await world.ok('token', 'new', '--role', 'Developer', '--name', 'ci', '--expires', '30d');
  await world.ok('compact');
  await world.ok('job', 'cancel', id, '--reason', 'wrong branch; "quoted" – ok');
  await world.configure({ name: 'acme 2' });
});
afterAll(() => world.remove());

const exported = (out: string, ...words: string[]) =>
  world.json(['audit', 'export', '--out', join(world.folder, out), ...words]);
const linesOf = async (out: string): Promise<CommitLine[]> =>
  (await readFile(join(world.folder, out), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((it) => JSON.parse(it));
/** By Python's own SQLite. */
async function ask(out: string, query: string): Promise<unknown[][]> {
  const program =
    'import json, sqlite3, sys; print(json.dumps(sqlite3.connect(sys.argv[1]).execute(sys.argv[2]).fetchall()))';
  const { stdout } = await promisify(execFile)('python3', ['-c', program, join(world.folder, out), query]);
  return JSON.parse(stdout);
}

describe('audit export', () => {
  it('writes every commit of the history as a line, over the cut, with what it did', async () => {
    const told = await exported('all.jsonl');
    const [head, ...lines] = await linesOf('all.jsonl');
    const all = (await git(['rev-list', '--count', 'yard'], { cwd: world.yard })).trim();

    expect(head).toMatchObject({ type: 'export', version: 1, yard: 'acme 2', complete: true, since: null });
    expect(told).toMatchObject({ format: 'jsonl', commits: lines.length, secretUses: 0, complete: true });
    expect(lines.length).toBeGreaterThan(Number(all));
    expect(lines.flatMap((it) => it.operations.map(({ operation }) => operation))).toEqual(
      expect.arrayContaining(['begin', 'submit', 'issue-token', 'compact', 'cancel']),
    );
    expect(lines.at(-2)).toMatchObject({
      operations: [{ operation: 'cancel', job: id, reason: 'wrong branch; "quoted" – ok' }],
      changes: [{ change: 'changed', job: id, from: 'queued', to: 'cancelled' }],
    });
    expect(lines.at(-1)).toMatchObject({
      operations: [],
      changes: [{ path: 'yard.json', change: 'changed', job: null }],
    });
    const compacted = lines.find((it) => it.operations.some(({ operation }) => operation === 'compact'));
    expect(compacted?.changes.map((it) => it.path)).toEqual(['shared/epoch.json']);
  });

  it('writes the same as a database, which another reader of SQLite asks', async () => {
    const told = await exported('all.sqlite', '--format', 'sqlite');

    expect(await ask('all.sqlite', 'PRAGMA integrity_check')).toEqual([['ok']]);
    expect(await ask('all.sqlite', 'SELECT count(*) FROM commits')).toEqual([[told.commits]]);
    expect(await ask('all.sqlite', 'SELECT count(*) FROM operations')).toEqual([[told.operations]]);
    expect(await ask('all.sqlite', 'SELECT count(*) FROM changes')).toEqual([[told.changes]]);
    expect(await ask('all.sqlite', 'SELECT job, status_from, status_to FROM status_changes')).toEqual([
      [id, null, 'queued'],
      [id, 'queued', 'cancelled'],
    ]);
    expect(await ask('all.sqlite', "SELECT subject, job FROM operations WHERE operation = 'issue-token'")).toEqual([
      [expect.stringMatching(/^issue token \S+ for ci as Developer$/), null],
    ]);
    expect(await ask('all.sqlite', "SELECT value FROM meta WHERE key = 'head'")).toEqual([[told.head]]);
    expect(await ask('all.sqlite', 'SELECT count(*) FROM commits WHERE by_hand = 1')).toEqual([[1]]);
    const plan = await ask('all.sqlite', `EXPLAIN QUERY PLAN SELECT * FROM operations WHERE job = '${id}'`);
    expect(JSON.stringify(plan)).toContain('operations_job');
  });

  it('takes the uses of secrets from the folders of agents, and counts lines that are none', async () => {
    const use = { at: '2026-03-02T12:00:00Z', secret: 'NUGET_KEY', job: id, token: 1, from: 'file', refused: null };
    await writeFile(join(world.folder, 'secret-uses.jsonl'), `${JSON.stringify(use)}\n{"at": "2026\nnull\n`);

    const told = await exported('uses.sqlite', '--format', 'sqlite', '--secret-uses', world.folder);

    expect(told).toMatchObject({ secretUses: 1, oddLines: 2 });
    expect(await ask('uses.sqlite', 'SELECT secret, job, token, source, refused FROM secret_uses')).toEqual([
      ['NUGET_KEY', id, 1, 'file', null],
    ]);
  });

  it('keeps to the span that it is given', async () => {
    expect(await exported('none.jsonl', '--until', '2020-01-01')).toMatchObject({ commits: 0, operations: 0 });
    expect(await linesOf('none.jsonl')).toHaveLength(1);
    expect(await exported('lately.jsonl', '--since', '2h')).toMatchObject({
      commits: expect.any(Number),
      complete: true,
    });
    expect((await linesOf('lately.jsonl')).slice(1)).toEqual((await linesOf('all.jsonl')).slice(1));
  });

  it('goes on after the commit that the last one ended with, whatever the clocks of others say', async () => {
    const { head } = await exported('before.jsonl');
    await world.edit({ 'note.txt': 'made elsewhere' });
    const late = await git(['log', '-1', '--format=%H', 'yard'], { cwd: world.yard });

    expect(await exported('since.jsonl', '--since', `${head}`)).toMatchObject({ commits: 1, after: head });
    expect((await linesOf('since.jsonl')).slice(1)).toMatchObject([
      { commit: late.trim(), changes: [{ path: 'note.txt', change: 'added' }] },
    ]);
    expect(await exported('none-since.jsonl', '--since', late.trim())).toMatchObject({ commits: 0 });
  });

  it('writes over nothing, leaves nothing half done, and says what it needs', async () => {
    const again = await world.run(['audit', 'export', '--out', join(world.folder, 'all.jsonl'), '--json']);
    expect([again.code, JSON.parse(again.stdout).error.code]).toEqual([4, 'CONFLICT']);
    expect((await world.run(['audit', 'export'])).code).toBe(2);
    expect((await world.run(['audit', 'export', '--out', join(world.folder, 'none', 'x')])).code).toBe(3);
    expect((await world.run(['audit', 'export', '--out', 'x', '--until', 'HEAD~3'])).code).toBe(2);
    expect((await world.run(['audit', 'export', '--out', 'x', '--since', 'abcdef0123'])).code).toBe(3);
    expect((await readdir(world.folder)).filter((it) => it.endsWith('.part'))).toEqual([]);
  });
});
