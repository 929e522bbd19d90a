/** Real test runs, and what becomes of them in a build's result and in its log. */
import { describe, expect, it } from 'vitest';
import type { BuildOutcome, BuildRequest } from '../contract.ts';
import { runJob } from '../run-job.ts';
import { type Files, repository, request } from '../specs/world.ts';

const failing = (name: string) => `test('${name}', () => { throw new Error('boom of ${name}'); });\n`;
const tests = (...lines: string[]) => `const test = require('node:test');\n${lines.join('')}`;

const project = (script = 'node --test --test-reporter=tap'): Files => ({
  'package.json': JSON.stringify({ name: 'demo', version: '1.0.0', private: true, scripts: { test: script } }),
});

const built = (files: Files, part: Partial<BuildRequest> = {}): Promise<BuildOutcome> =>
  runJob(request({ ...part, job: { repository: repository(files).path } }));
const logOf = ({ files }: BuildOutcome) => JSON.parse(Buffer.from(files[0]?.content ?? []).toString('utf8'));
const pageOf = ({ files }: BuildOutcome) => Buffer.from(files[1]?.content ?? []).toString('utf8');
const quarantine = (...names: string[]) => ({ knownTests: names.map((name) => ({ name, quarantined: true })) });

describe('reports in builds', () => {
  it('names the tests that failed, with their places, in the result and first of all in the log', async () => {
    const outcome = await built({ ...project(), 'a.test.js': tests("test('works', () => {});\n", failing('breaks')) });

    expect(outcome).toMatchObject({ status: 'failed', tests: { total: 2, failed: 1 } });
    expect(outcome.findings.failedTests).toEqual([
      { name: 'breaks', message: 'boom of breaks', path: 'a.test.js', line: 3 },
    ]);
    expect(outcome.testRuns).toEqual({ failed: ['breaks'], passed: [], retried: [] });
    expect(logOf(outcome).testCases.failed).toMatchObject([{ name: 'breaks', path: 'a.test.js' }]);
    expect(pageOf(outcome)).toMatch(/## Failed tests\n\n.*\n.*\n\| breaks \| a\.test\.js:3 \| boom of breaks \|/);
  });

  it('tells of known tests that passed, and of no others', async () => {
    const files = { ...project(), 'a.test.js': tests("test('one', () => {});\n", "test('two', () => {});\n") };

    const outcome = await built(files, { knownTests: [{ name: 'two', quarantined: false }] });

    expect(outcome.testRuns).toEqual({ failed: [], passed: ['two'], retried: [] });
  });

  it('succeeds when only tests in quarantine failed, and says so', async () => {
    const files = { ...project(), 'a.test.js': tests(failing('shaky'), "test('well', () => {});\n") };

    const outcome = await built(files, quarantine('shaky', 'other'));

    expect(outcome).toMatchObject({ status: 'succeeded', exitCode: 0, tests: { total: 2, failed: 1 } });
    expect(outcome.findings.flakyTests).toEqual(['shaky']);
    expect(outcome.stages[3]).toMatchObject({
      status: 'Succeeded',
      warnings: 1,
      message: '2 tests, 1 failed; in quarantine, and failed: shaky',
    });
  });

  it.each([
    ['another test failed as well', project(), tests(failing('shaky'), failing('solid'))],
    [
      'something else came behind the tests',
      project('node --test --test-reporter=tap && true'),
      tests(failing('shaky')),
    ],
    ['its runner ended in another way', project('node --test --test-reporter=tap || exit 3'), tests(failing('shaky'))],
    ['the report does not name its tests', project('node --test --test-reporter=dot'), tests(failing('shaky'))],
    ['it printed no whole report', project('node fake.js'), ''],
  ])('fails although a test is in quarantine, when %s', async (_, files, text) => {
    const fake = 'console.log("TAP version 13\\nnot ok 1 - shaky\\n1..2"); process.exit(1);\n';

    const outcome = await built({ ...files, 'a.test.js': text, 'fake.js': fake }, quarantine('shaky'));

    expect(outcome).toMatchObject({ status: 'failed', cause: 'code' });
  });

  it('says why a test in quarantine is heeded where only a script tells how it ended', async () => {
    const files = { 'gityard.json': JSON.stringify({ stages: { test: ['sh', 'test.sh'] } }) };
    const script = 'echo "TAP version 13"; echo "not ok 1 - shaky"; echo "1..1"; exit 1\n';

    const outcome = await built({ ...files, 'test.sh': script }, quarantine('shaky'));

    expect(outcome.reason).toContain(
      '1 of 1 tests failed (in quarantine, but nothing tells that only these went wrong): ',
    );
  });

  it.each([
    ['stages', { build: ['true'], test: ['sh', 'test.sh'] }, 3],
    ['one command', { build: ['sh', 'test.sh'] }, 2],
  ])('says how many tests there were, and which report was not read, of %s', async (_, stages, at) => {
    const files = { 'gityard.json': JSON.stringify({ stages, reports: { tests: ['*.xml'] } }) };
    const script = [
      "echo \"<testsuite><testcase name='a'/><testcase name='b'><failure/></testcase></testsuite>\" > good.xml",
      'echo "<!DOCTYPE x [<!ENTITY e \'e\'>]><testsuite/>" > bad.xml; mkfifo pipe.xml; echo "a.c:1:1: warning: odd [-Wodd]"',
    ].join('\n');

    const outcome = await built({ ...files, 'test.sh': script });

    const unread = logOf(outcome).unreadReports;
    expect(unread).toEqual([
      'the report pipe.xml was not read: it is no regular file',
      'the report bad.xml is broken: it declares entities',
    ]);
    expect(outcome).toMatchObject({ status: 'succeeded', tests: { total: 2, failed: 1 } });
    expect(outcome.stages[at]).toMatchObject({
      warnings: 3,
      message: expect.stringMatching(`^2 tests, 1 failed; ${unread.join('; ')}`),
    });
  });

  it('names a report that was not read of a build that failed, too', async () => {
    const stages = { test: ['sh', '-c', 'echo "<testsuite><testcase name=\\"a\\"/>" > cut.xml; exit 1'] };
    const files = { 'gityard.json': JSON.stringify({ stages, reports: { tests: ['*.xml'] } }) };

    const outcome = await built(files);

    expect(outcome.reason).toContain('; the report cut.xml ends early');
    expect(outcome.stages[3]).toMatchObject({ status: 'Failed', warnings: 1 });
  });

  it('keeps findings, groups and the summary that a build writes', async () => {
    const script = [
      'echo "::group::Compile"; echo "a.c:3:5: warning: unused [-Wunused]"; echo "::error file=b.c,line=2::broken"',
      'echo "::endgroup::"; printf "10%%\\r50%%\\rdone\\n"',
      'printf "# All <b>well</b>\\n\\n- one\\n" > "$GITYARD_SUMMARY"; exit 4',
    ].join('; ');

    const outcome = await runJob(request({ job: { command: ['sh', '-c', script] } }));

    expect(outcome.reason).toContain('exit code 4');
    expect(outcome.findings.annotations.map(({ level, path, line, code }) => [level, path, line, code])).toEqual([
      ['error', 'b.c', 2, null],
      ['warning', 'a.c', 3, '-Wunused'],
    ]);
    expect(logOf(outcome)).toMatchObject({
      groups: [{ title: 'Compile', line: 2, lines: 3 }],
      times: [{ line: 1, byte: 0 }],
      summary: '# All <b>well</b>\n\n- one',
      missing: null,
    });
    expect(pageOf(outcome)).toContain('## Summary\n\n#### All &lt;b>well&lt;/b>\n\n- one\n\n## Stages');
    expect(pageOf(outcome)).toContain('::endgroup::\ndone\n');
  });
});
