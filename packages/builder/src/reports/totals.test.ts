import { describe, expect, it } from 'vitest';
import { junitTotals } from './junit-totals.ts';
import { outputTotals } from './output-totals.ts';
import { sumTotals } from './sum-totals.ts';
import { trxTotals } from './trx-totals.ts';

describe('totals', () => {
  it('come from the counters of a TRX file, where skipped tests are those that are left', () => {
    const xml =
      '<ResultSummary outcome="Failed"><Counters total="5" executed="4" passed="3" failed="1" error="0" timeout="0" notExecuted="0" /></ResultSummary>';

    expect(trxTotals(xml)).toEqual({ total: 5, passed: 3, failed: 1, skipped: 1 });
    expect(trxTotals('<html></html>')).toBeNull();
  });

  it('come from the innermost suites of a JUnit file', () => {
    const xml = `<testsuites tests="9"><testsuite name="all" tests="5" failures="2">
      <testsuite name="a" tests="3" failures="1" errors="0" skipped="1"><testcase/></testsuite>
      <testsuite name="b" tests="2" failures="0" errors="1"></testsuite></testsuite></testsuites>`;

    expect(junitTotals(xml)).toEqual({ total: 5, passed: 2, failed: 2, skipped: 1 });
    expect(junitTotals('')).toBeNull();
  });

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
    expect(outputTotals('TAP version 13\nok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP later\n1..3\n')).toEqual({
      total: 3,
      passed: 1,
      failed: 1,
      skipped: 1,
    });
    expect(outputTotals('ok then\n')).toBeNull();
  });

  it('add up, and stay unknown when no report says anything', () => {
    const one = { total: 1, passed: 1, failed: 0, skipped: 0 };

    expect(sumTotals([one, null, one])).toEqual({ total: 2, passed: 2, failed: 0, skipped: 0 });
    expect(sumTotals([null])).toBeNull();
  });
});
