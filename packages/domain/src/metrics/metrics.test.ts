import { describe, expect, it } from 'vitest';
import { applyChanges } from '../apply-changes.ts';
import { auditMetrics } from '../audit/metrics.ts';
import type { Decision } from '../decision.ts';
import { recordAttempt } from '../operations/metrics/record-attempt.ts';
import { archiveFinished } from '../operations/yard/archive-finished.ts';
import { pruneArchive } from '../operations/yard/prune-archive.ts';
import { attempt, operation } from '../spec/audited.ts';
import { minutesAfterNoon, noon, world } from '../spec/world.ts';
import type { State } from '../state.ts';
import { after, DAY_MS } from '../time.ts';
import { appendRecords } from './append-records.ts';
import { attemptRecords } from './attempt-records.ts';
import { lineOfRecord, METRICS_FILE_BYTES, type MetricsFile } from './metrics-file.ts';
import { recordsOf } from './records-of.ts';

const then = (state: State, decision: Decision<unknown>): State => {
  if (!decision.ok) throw new Error(decision.reason);
  return applyChanges(state, decision.changes);
};
const wish = { job: 'script-1', attempt: 1, agent: 'mac', branch: 'main', startedAt: noon, seconds: 60 } as const;
const record = (state: State, fields: object = {}) =>
  recordAttempt(state, { record: { ...wish, status: 'succeeded', ...fields }, now: noon });
const fileOf = (id: string, text: string | null): MetricsFile => ({
  id,
  sizeBytes: text?.length ?? 0,
  text: () => text,
});
const withFile = (file: MetricsFile, { state } = world()): State => ({
  ...state,
  metrics: state.metrics.with(file.id, file),
});
const ended = (token: number, minutes: number, fields: object = {}) =>
  attempt(token, {
    number: token,
    startedAt: minutesAfterNoon(minutes),
    endedAt: minutesAfterNoon(minutes + 10),
    status: 'succeeded',
    ...fields,
  });

describe('the records of a job', () => {
  it('are one for each attempt that ended, with how long it ran and waited', () => {
    const attempts = [ended(1, 5, { status: 'failed', cause: 'code' }), ended(2, 30)];
    const { state } = world().job('b1', { status: 'succeeded', token: 2, attempts, branch: 'main', toolchain: 'npm' });
    const job = state.jobs.get('b1');

    const records = job ? recordsOf(job, undefined) : [];

    expect(records).toMatchObject([
      { job: 'b1', attempt: 1, status: 'failed', cause: 'code', seconds: 600, queuedSeconds: 300 },
      {
        job: 'b1',
        attempt: 2,
        status: 'succeeded',
        seconds: 600,
        queuedSeconds: 900,
        branch: 'main',
        toolchain: 'npm',
      },
    ]);
  });

  it('go by the stages, and leave out what still runs', () => {
    const stage = { name: 'Build', status: 'Succeeded', warnings: 0, errors: 0, message: null };
    const stages = [{ ...stage, startedAt: minutesAfterNoon(9), endedAt: minutesAfterNoon(10) }];
    const attempts = [ended(1, 0, { stages }), attempt(2, { number: 2, status: 'running' })];
    const { state } = world().job('b1', { status: 'running', token: 2, attempts });

    expect(attemptRecords(state).records).toMatchObject([{ attempt: 1, seconds: 60 }]);
  });
});

describe('metrics', () => {
  const done = world().job('b1', { status: 'succeeded', attempts: [ended(1, 0)], token: 1, endedAt: noon });

  it('are counted once, in the state and after it', () => {
    const archived = then(done.state, archiveFinished(done.state, { now: after(noon, 8 * DAY_MS) }));

    expect(archived.jobs.size).toBe(0);
    expect(attemptRecords(archived).records).toEqual(attemptRecords(done.state).records);
    expect(attemptRecords({ ...archived, jobs: done.state.jobs }).records).toHaveLength(1);
    expect([...archived.metrics].map((it) => it.id)).toEqual(['2026-03']);
  });

  it('take in what ran elsewhere, once', () => {
    const noted = then(world().state, record(world().state));

    expect(record(noted, { seconds: 999 })).toMatchObject({
      ok: true,
      changes: [],
      result: { isNew: false, record: { seconds: 60 } },
    });
    expect(record(noted, { attempt: 2 })).toMatchObject({ result: { isNew: true } });
    expect(record(done.state, { job: 'b1' })).toMatchObject({ ok: true, changes: [], result: { isNew: false } });
    expect(record(noted, { job: '../b1' })).toMatchObject({ code: 'INVALID_DATA' });
    expect(record(noted, { seconds: -1 })).toMatchObject({ code: 'INVALID_DATA' });
  });

  it('go on in another file when one is full, or is not to be read', () => {
    const full = withFile(fileOf('2026-03', 'x'.repeat(METRICS_FILE_BYTES - 10)));
    const unread = withFile(fileOf('2026-03-2', null), world(full));
    const { record: known } = (() => {
      const decision = record(world().state);
      if (!decision.ok) throw new Error(decision.reason);
      return decision.result;
    })();

    expect(appendRecords(full, [known, known]).map((it) => it.kind === 'metrics' && [it.id, it.lines.length])).toEqual([
      ['2026-03-2', 2],
    ]);
    expect(appendRecords(unread, [known])).toMatchObject([{ id: '2026-03-3' }]);
    expect(appendRecords(full, [{ ...known, startedAt: '2026-03-31T23:59:30Z' }])).toMatchObject([{ id: '2026-04' }]);
  });

  it('leave the tree when there are many, the oldest first', () => {
    const ids = ['2026-02', '2026-01', '2026-03-10', '2026-03-9', '2026-03', '2026-03-2'];
    const { state } = world().yard({ retention: { ...world().state.yard.retention, metricsFiles: 2 } });
    const many = ids.reduce((all, id) => withFile(fileOf(id, ''), world(all)), state);

    const pruned = pruneArchive(many, { now: noon });

    expect(pruned).toMatchObject({ ok: true, result: { files: 4 } });
    expect([...then(many, pruned).metrics].map((it) => it.id).sort()).toEqual(['2026-03-10', '2026-03-9']);
    expect(pruneArchive(then(many, pruned), { now: noon })).toMatchObject({ code: 'NOTHING_TO_DO' });
  });

  it('tell of a broken line, and read the others', () => {
    const decision = record(world().state);
    const line = decision.ok ? lineOfRecord(decision.result.record) : '';
    const text = ['<<<<<<< HEAD', line, '', '{"job":"x"}', line.replace('script-1', 'script-2')].join('\n');

    const { records, problems } = attemptRecords(withFile(fileOf('2026-03', text)));

    expect(records.map((it) => it.job)).toEqual(['script-1', 'script-2']);
    expect(problems).toEqual([
      { file: '2026-03', line: 1, reason: expect.stringContaining('not JSON') },
      { file: '2026-03', line: 4, reason: expect.stringContaining('lacks') },
    ]);
    expect(attemptRecords(withFile(fileOf('2026-03', null))).problems).toMatchObject([{ line: null }]);
  });
});

describe('the audit of metrics', () => {
  const { state } = world();
  const rules = (before: string | undefined, now: string | undefined, ...names: string[]) =>
    auditMetrics({ before: state, after: state, operations: names.map((it) => operation(it)) }, [
      { id: '2026-03', before, after: now },
    ]).map((it) => it.text);

  it('lets lines be added by operations alone', () => {
    expect(rules('a\n', 'a\nb\n', 'archive')).toEqual([]);
    expect(rules(undefined, 'a\n', 'record-attempt')).toEqual([]);
    expect(rules('a\n', 'a\nb\n')).toEqual(['shared/metrics/2026-03.jsonl was added to by no operation']);
  });

  it('names a line that was changed or taken away, whoever did it', () => {
    expect(rules('a\nb\nc\n', 'a\nx\nc\nd\n', 'archive')).toEqual([
      'line 2 of shared/metrics/2026-03.jsonl was changed or taken away',
    ]);
    expect(rules('a\nb\n', 'a\n')).toEqual(['line 2 of shared/metrics/2026-03.jsonl was changed or taken away']);
    expect(rules('a\n', undefined)).toEqual(['shared/metrics/2026-03.jsonl vanished']);
    expect(rules('a\n', undefined, 'prune')).toEqual([]);
  });
});
