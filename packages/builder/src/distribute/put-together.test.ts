import { type Job, type JobResult, NO_FINDINGS, NO_RESULT, validate } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { runJob } from '../run-job.ts';
import { request } from '../specs/world.ts';
import { canaryReport } from './canary-report.ts';
import type { Parts } from './parts.ts';
import { putTogether } from './put-together.ts';

const at = (second: number) => `2026-03-02T12:00:${String(second).padStart(2, '0')}.000Z`;
const stage = (name: string, from: number, to: number, warnings = 0) => ({
  name,
  status: 'Succeeded' as const,
  startedAt: at(from),
  endedAt: at(to),
  warnings,
  errors: 0,
  message: null,
});

function part(id: string, agent: string, result: Partial<JobResult>, more: object = {}): Job {
  const attempt = { number: 1, agent, token: 1, startedAt: at(0), endedAt: at(9), status: 'succeeded' };
  const stages = [stage('Build', id === 'p1' ? 3 : 1, id === 'p1' ? 8 : 4, 2)];
  const checked = validate('job', {
    id,
    status: 'succeeded',
    submittedAt: at(0),
    endedAt: at(9),
    token: 1,
    parent: 'b1',
    part: { kind: 'part', wave: id === 'p1' ? 0 : 1, projects: [`src/${id}`] },
    attempts: [{ ...attempt, stages }],
    result: { ...NO_RESULT, ...result },
    ...more,
  });
  if (!checked.ok) throw new Error(checked.reason);
  return checked.value;
}

const tests = (passed: number) => ({ total: passed, passed, failed: 0, skipped: 0 });
const coverage = (linesCovered: number) => ({ linesCovered, linesTotal: 10, branchesCovered: 1, branchesTotal: 2 });
const warning = { level: 'warning', path: 'a.ts', line: 1, column: null, code: null, message: 'odd' } as const;
const parts = (...jobs: Job[]): Parts => ({
  kind: 'distributed',
  parts: jobs.map((job) => ({ job, manifest: undefined })),
  logOf: async ({ id }) => [Buffer.from(`hello from ${id}\n`)],
});
const own = {
  stages: [stage('Build', 9, 9)],
  tests: null,
  findings: { ...NO_FINDINGS, cache: { hits: 4, misses: 0 } },
  toolchain: null,
  isolation: 'none',
};

describe('put-together', () => {
  it('adds up what the parts found out', () => {
    const whole = putTogether(
      own,
      parts(
        part('p1', 'mac', {
          tests: tests(3),
          coverage: coverage(5),
          cache: { hits: 0, misses: 2 },
          annotations: [warning],
        }),
        part('p2', 'pc', {
          tests: tests(4),
          coverage: coverage(7),
          cache: { hits: 1, misses: 1 },
          annotations: [warning],
        }),
        part('p3', 'pc', {}),
      ),
    );

    expect(whole).toMatchObject({
      tests: tests(7),
      findings: {
        coverage: { linesCovered: 12, linesTotal: 20, branchesCovered: 2, branchesTotal: 4 },
        cache: { hits: 1, misses: 3 },
        annotations: [warning],
        built: 'in 3 parts and 2 waves on 2 agents',
      },
    });
  });

  it('shows stages from the beginning of the first part to the end of the last', () => {
    const { stages } = putTogether(own, parts(part('p1', 'mac', {}), part('p2', 'pc', {})));

    expect(stages).toMatchObject([{ name: 'Build', startedAt: at(1), endedAt: at(9), warnings: 4 }]);
  });

  it('makes one log of those of the parts, before its own', async () => {
    const outcome = await runJob(
      request({
        job: { command: ['echo', 'and the end'] },
        parts: parts(part('p1', 'mac', { tests: tests(3) }), part('p2', 'pc', {})),
      }),
    );

    expect(outcome).toMatchObject({ status: 'succeeded', tests: tests(3) });
    const log = outcome.files.find((it) => it.path.endsWith('.1.log'));
    expect(Buffer.from(log?.content ?? []).toString()).toBe(
      [
        '[gityard] ── part 1 of 2, wave 0: job p1 on mac: src/p1',
        'hello from p1',
        '[gityard] ── part 2 of 2, wave 1: job p2 on pc: src/p2',
        'hello from p2',
        "[gityard] Build: echo 'and the end'",
        'and the end',
        '',
      ].join('\n'),
    );
  });
});

describe('canary-report', () => {
  const built = (agent: string, digit: string) => ({
    job: part(`b-${agent}`, agent, {}, { part: { kind: 'follower' }, assignedTo: agent }),
    manifest: {
      schemaVersion: 1,
      job: `b-${agent}`,
      agent,
      token: 1,
      branch: null,
      commit: null,
      createdAt: at(0),
      artifacts: [
        {
          name: 'app',
          path: 'app',
          sizeBytes: 1,
          contentType: 'text/plain',
          md5: digit.repeat(32),
          sha256: digit.repeat(64),
          sha512: digit.repeat(128),
        },
      ],
    },
  });

  it('says whether all made the same of it', () => {
    expect(canaryReport([built('mac', 'a'), built('pc', 'a')]).sentence).toBe(
      'mac first, then pc: all succeeded; the artifacts of all are identical',
    );
    expect(canaryReport([built('mac', 'a'), built('pc', 'a'), built('arm', 'b')])).toEqual({
      sentence: 'mac first, then pc, arm: all succeeded; arm: differs in app',
      lines: ['mac: succeeded, first', 'pc: succeeded, identical artifacts', 'arm: succeeded, differs in app'],
    });
  });

  it('builds nothing any more where it reports of a canary', async () => {
    const canary: Parts = { ...parts(), kind: 'canary', parts: [built('mac', 'a'), built('pc', 'a')] };

    const outcome = await runJob(request({ job: { repository: '/nowhere' }, parts: canary }));

    expect(outcome).toMatchObject({ status: 'succeeded', findings: { built: expect.stringContaining('identical') } });
  });
});
