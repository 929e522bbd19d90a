import { mkdirSync, symlinkSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeFiles } from '../specs/world.ts';
import { readReports } from './read-reports.ts';

const suite = (cases: string) => `<testsuite name="s">${cases}</testsuite>`;
const PATTERNS = { tests: ['out/*.xml'], coverage: [] };

function world(files: Record<string, string>) {
  const source = temporaryFolder();
  const reports = temporaryFolder();
  writeFiles(source, files);
  const read = (since = new Date(0), output = '') =>
    readReports({ source, reports, patterns: PATTERNS, since, output });
  return { source, reports, read };
}

describe('read-reports', () => {
  it('reads its own folder and what the plan names, and nothing else', async () => {
    const { reports, read } = world({
      'out/a.xml': suite('<testcase name="a"/>'),
      'other/b.xml': suite('<testcase name="b"/>'),
    });
    writeFileSync(join(reports, 'c.xml'), suite('<testcase name="c"/>'));
    writeFileSync(join(reports, 'film.mp4'), 'no report');
    writeFileSync(join(reports, 'settings.xml'), '<settings/>');

    const { tests, complete, notes } = await read();

    expect(tests).toEqual({ total: 2, passed: 2, failed: 0, skipped: 0 });
    expect({ complete, notes }).toEqual({ complete: true, notes: [] });
  });

  it('does not count what came with the checkout, or is left from an earlier build', async () => {
    const { source, read } = world({ 'out/old.xml': suite('<testcase name="a"/>') });
    utimesSync(join(source, 'out/old.xml'), 1_000, 1_000);

    expect((await read(new Date())).tests).toBeNull();
  });

  it('finds the places of failures in the repository: by path, by stack, by the name of a class', async () => {
    const { source, read } = world({
      'src/T.cs': '',
      'lib/src/test/com/acme/FooTest.java': '',
      'lib/src/test/com/other/FooTest.java': '',
      'tests/test_a.py': '',
      'a.test.js': '',
    });
    const failed = (name: string, details: string, more = '') =>
      `<testcase name="${name}" ${more}><failure message="no">${details}</failure></testcase>`;
    writeFiles(source, {
      'out/all.xml': suite(
        [
          failed('net', `   at System.X.Y()\n   at T.C() in ${source}/src/T.cs:line 7`),
          failed(
            'java',
            'java.lang.E: boom\n\tat org.junit.Assert.fail(Assert.java:9)\n\tat com.acme.FooTest.a(FooTest.java:12)',
          ),
          failed('pytest', 'def test():\n>  assert 0\n\ntests/test_a.py:3: AssertionError'),
          failed('node', `    at works (file://${source}/a.test.js:5:9)`),
          failed('named', 'no stack', 'file="tests/test_a.py" line="8"'),
          failed('outside', '   at X in /etc/passwd:line 1, ../../etc/shadow:2'),
        ].join(''),
      ),
    });

    const { told } = await read();

    expect(told.failed.map(({ name, path, line }) => [name, path, line])).toEqual([
      ['s.net', 'src/T.cs', 7],
      ['s.java', 'lib/src/test/com/acme/FooTest.java', 12],
      ['s.pytest', 'tests/test_a.py', 3],
      ['s.node', 'a.test.js', 5],
      ['s.named', 'tests/test_a.py', 8],
      ['s.outside', null, null],
    ]);
  });

  it('tells of a report that is broken, too large, a link or of no kind, and goes on', async () => {
    const { source, read } = world({
      'out/broken.xml': '<testsuite><testcase name="a>',
      'out/large.xml': '<testsuite>',
      'out/odd.xml': '<settings/>',
      'out/well.xml': suite('<testcase name="a"/>'),
    });
    truncateSync(join(source, 'out/large.xml'), 21 * 1024 * 1024);
    symlinkSync('/etc/hostname', join(source, 'out/link.xml'));
    mkdirSync(join(source, 'out/folder.xml'));

    const { tests, complete, notes } = await read();

    expect(tests?.total).toBe(1);
    expect(complete).toBe(false);
    expect(notes.map((it) => /^the report (\S+) (was not read|is broken)/.exec(it)?.[1])).toEqual(
      expect.arrayContaining(['out/broken.xml', 'out/large.xml', 'out/odd.xml', 'out/link.xml']),
    );
  });

  it('takes TAP from the output where no report was written, and only as a whole', async () => {
    const { read } = world({});
    const tap = 'TAP version 13\nok 1 - a\nnot ok 2 - b\n1..2\n';

    const whole = await read(new Date(0), `> npm test\n\n${tap}`);
    const cut = await read(new Date(0), `ok 7 - g\nnot ok 8 - h\n1..8\n`);

    expect([whole.tests?.failed, whole.complete, whole.told.failed[0]?.name]).toEqual([1, true, 'b']);
    expect([cut.tests?.failed, cut.complete, cut.cases.length]).toEqual([1, false, 0]);
  });

  it('tells the slowest tests, and those that passed when they were tried again', async () => {
    const cases = Array.from({ length: 15 }, (_, row) => `<testcase name="t${row}" time="${row}"/>`);
    const { read } = world({
      'out/a.xml': suite(`${cases.join('')}<testcase name="r"><flakyFailure message="no"/></testcase>`),
    });

    const { told } = await read();

    expect(told.slow.map((it) => it.durationMs)).toEqual([14, 13, 12, 11, 10, 9, 8, 7, 6, 5].map((it) => it * 1000));
    expect(told.retried).toEqual(['s.r']);
  });
});
