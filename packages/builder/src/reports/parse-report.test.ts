import { describe, expect, it } from 'vitest';
import { outputTotals } from './output-totals.ts';
import { parseReport } from './parse-report.ts';
import { parseSafely } from './parse-safely.ts';
import { totalsOf } from './summarise.ts';
import { fullName } from './test-case.ts';

async function testsOf(text: string) {
  const parsed = await parseReport(text);
  if (!parsed || !('tests' in parsed)) throw new Error('no tests');
  const { cases, complete } = parsed.tests;
  const told = cases.map((it) => `${it.status}${it.retried ? ' again' : ''} ${fullName(it)}`);
  return { cases, complete, told };
}

const trx = (results: string, summary: string) => `\uFEFF<?xml version="1.0"?>
<TestRun xmlns="http://microsoft.com/schemas/VisualStudio/TeamTest/2010"><Results>${results}</Results>
<TestDefinitions><UnitTest name="T.C" id="1"><TestMethod className="Acme.T" name="C" /></UnitTest></TestDefinitions>
${summary}</TestRun>`;
const failedResult = `<UnitTestResult testId="1" testName="Acme.T.C" duration="00:01:02.5000000" outcome="Failed"><Output><ErrorInfo>
<Message>Values differ: &lt;1&gt; &amp; &#50;
Expected: 1</Message><StackTrace>   at Acme.T.C() in /w/T.cs:line 7</StackTrace></ErrorInfo></Output></UnitTestResult>`;
const counters = (total: number, failed: number, infos = '') =>
  `<ResultSummary outcome="Failed"><Counters total="${total}" failed="${failed}" /><RunInfos>${infos}</RunInfos></ResultSummary>`;

describe('parse-report, TRX', () => {
  it('reads results with their classes, times, messages and stacks', async () => {
    const skipped = '<UnitTestResult testId="2" testName="Acme.T.B" outcome="NotExecuted" />';
    const fails =
      '<RunInfo outcome="Error"><Text>[xUnit.net 00:00:00.9]     Acme.T.C [FAIL]</Text></RunInfo><RunInfo outcome="Warning"><Text>slow</Text></RunInfo>';

    const { cases, complete, told } = await testsOf(trx(failedResult + skipped, counters(2, 1, fails)));

    expect(told).toEqual(['failed Acme.T.C', 'skipped Acme.T.B']);
    expect(cases[0]).toMatchObject({ suite: 'Acme.T', durationMs: 62_500, message: 'Values differ: <1> & 2' });
    expect(cases[0]?.details).toContain('in /w/T.cs:line 7');
    expect(complete).toBe(true);
  });

  it.each([
    [
      'a host that crashed',
      counters(1, 1, '<RunInfo outcome="Error"><Text>The active test run was aborted.</Text></RunInfo>'),
    ],
    ['more tests than results', counters(2, 1)],
    ['more failures than results', counters(1, 2)],
    ['a run that was aborted', '<ResultSummary outcome="Aborted"><Counters total="1" failed="1" /></ResultSummary>'],
    ['no summary', ''],
  ])('is not whole with %s', async (_, summary) => {
    expect((await testsOf(trx(failedResult, summary))).complete).toBe(false);
  });
});

describe('parse-report, JUnit', () => {
  it("reads Surefire's, with what failed at first and passed when it was tried again", async () => {
    const { told, cases, complete } = await testsOf(`<?xml version="1.0"?>
      <testsuite name="com.acme.FooTest" tests="4" errors="1" failures="0" skipped="1">
        <testcase name="works" classname="com.acme.FooTest" time="0.25"/>
        <testcase name="shaky" classname="com.acme.FooTest"><flakyFailure message="no" type="E">at x</flakyFailure></testcase>
        <testcase name="later" classname="com.acme.FooTest"><skipped message="not yet"/></testcase>
        <testcase name="breaks" classname="com.acme.FooTest"><error message="boom&#10;more" type="java.lang.E"><![CDATA[java.lang.E: boom
	at com.acme.FooTest.breaks(FooTest.java:12)]]></error></testcase>
      </testsuite>`);

    expect(told).toEqual([
      'passed com.acme.FooTest.works',
      'passed again com.acme.FooTest.shaky',
      'skipped com.acme.FooTest.later',
      'failed com.acme.FooTest.breaks',
    ]);
    expect(cases[0]?.durationMs).toBe(250);
    expect(cases[3]).toMatchObject({ message: 'boom', details: expect.stringContaining('FooTest.java:12') });
    expect(complete).toBe(true);
  });

  it("reads jest's, gtest's and pytest's, suites within suites", async () => {
    const { told, cases } = await testsOf(`<testsuites tests="9"><testsuite name="all"><testsuite name="a">
      <testcase classname="adds 1" name="adds 1" file="src/a.test.js"/>
      <testcase classname="Suite" name="Gone" status="notrun"/>
      <testcase classname="tests.test_a.TestX" name="test_y[1]" file="tests/test_a.py" line="4"><failure message="assert 1 == 2">x</failure></testcase>
      </testsuite></testsuite><testsuite name="b"><testcase name="alone"/></testsuite></testsuites>`);

    expect(told).toEqual([
      'passed adds 1',
      'skipped Suite.Gone',
      'failed tests.test_a.TestX.test_y[1]',
      'passed b.alone',
    ]);
    expect(cases[2]).toMatchObject({ file: 'tests/test_a.py', line: 4, message: 'assert 1 == 2' });
  });

  it('is not whole when a suite counts failures that none of its cases tells', async () => {
    const text = '<testsuite name="s" tests="1" failures="0" errors="1"><testcase name="a"/></testsuite>';

    expect((await testsOf(text)).complete).toBe(false);
  });
});

describe('parse-report, TAP', () => {
  it('counts the leaves of subtests, and reads why one failed', async () => {
    const { told, cases, complete } = await testsOf(`TAP version 13
# Subtest: outer
    # Subtest: inner
    ok 1 - inner
      ---
      duration_ms: 12.6
      ...
    not ok 2 - broken
      ---
      duration_ms: 1
      location: '/w/one.test.js:3:5'
      error: 'it''s 1'
      stack: |-
        at x
      ...
    1..2
not ok 1 - outer
  ---
  error: '1 subtest failed'
  ...
ok 2 - later # SKIP not now
not ok 3 - some day # TODO
1..3
`);

    expect(told).toEqual(['passed outer.inner', 'failed outer.broken', 'skipped later', 'skipped some day']);
    expect(cases[0]?.durationMs).toBe(13);
    expect(cases[1]).toMatchObject({ message: "it's 1", file: '/w/one.test.js', line: 3 });
    expect(complete).toBe(true);
  });

  it('blames a test whose subtests all passed for its own failure', async () => {
    const text = 'TAP version 14\n    ok 1 - inside\n    1..1\nnot ok 1 - around\n1..1\n';

    expect((await testsOf(text)).told).toEqual(['passed around.inside', 'failed around']);
  });

  it.each([
    ['bailed out', 'TAP version 13\n1..1\nok 1\nBail out! no database\n'],
    ['ended before its plan', 'TAP version 13\n1..2\nok 1 - a\n'],
    ['has no plan', 'TAP version 13\nok 1 - a\n'],
  ])('is not whole when it %s', async (_, text) => {
    expect((await testsOf(text)).complete).toBe(false);
  });
});

describe('parse-report', () => {
  it('knows nothing in what is no report', async () => {
    expect(await parseReport('<html><body>ok 1</body></html>')).toBeNull();
    expect(await parseReport('')).toBeNull();
  });

  it('refuses entities of its own, and nesting without end', async () => {
    const bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><testsuite><testcase name="&b;"/></testsuite>';

    await expect(parseReport(bomb)).rejects.toThrow('entities');
    await expect(parseReport('<testsuite name="a">'.repeat(5_000))).rejects.toThrow();
  });

  it('reads a large one in a thread of its own, while this one goes on', async () => {
    const rows = Array.from({ length: 40_000 }, (_, row) => `<testcase classname="c" name="t${row}" time="0.001"/>`);
    let turns = 0;
    const timer = setInterval(() => turns++, 1);

    const parsed = await parseSafely(`<testsuite name="s">${rows.join('\n')}</testsuite>`);

    clearInterval(timer);
    expect(parsed && 'tests' in parsed && totalsOf(parsed.tests.cases)).toEqual({
      total: 40_000,
      passed: 40_000,
      failed: 0,
      skipped: 0,
    });
    expect(turns).toBeGreaterThan(20);
  });

  it('tells in the same way of a large one that is broken', async () => {
    await expect(parseSafely(`<testsuite><testcase name="${'x'.repeat(1_100_000)}`)).rejects.toThrow();
  });
});

describe('output-totals', () => {
  it("come from the last summary of Node's test runner", () => {
    const summary = (mark: string) =>
      `${mark} tests 4\n${mark} pass 1\n${mark} fail 1\n${mark} cancelled 0\n${mark} skipped 1\n${mark} todo 1\n`;

    expect(outputTotals(`# tests 1\n# pass 1\n${summary('#')}`)).toEqual({
      total: 4,
      passed: 1,
      failed: 1,
      skipped: 2,
    });
    expect(outputTotals(summary('ℹ'))).toMatchObject({ total: 4 });
  });

  it('come from the lines of any TAP producer, and not from a text that says ok', () => {
    const text = 'TAP version 13\nok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP later\n1..3\n';

    expect(outputTotals(text)).toEqual({ total: 3, passed: 1, failed: 1, skipped: 1 });
    expect(outputTotals('ok then\n')).toBeNull();
  });
});
