/** What checks found, for people: each with what to do where the answer is no. */
import { bad, dim, good, type Line, line, type Span, warn } from '../text/lines.ts';
import { plural } from '../text/words.ts';
import type { Verdict } from './check.ts';
import type { Checked } from './run-checks.ts';

const MARKS: Readonly<Record<Verdict, Span>> = {
  ok: good('ok   '),
  warn: warn('warn '),
  fail: bad('FAIL '),
  skip: dim('-    '),
};

export function checkedLines(checks: readonly Checked[], verbose = false): Line[] {
  const shown = checks.filter((it) => verbose || it.verdict !== 'skip');
  const skipped = checks.length - shown.length;
  return [
    ...shown.flatMap((it) => linesOf(it, verbose)),
    ...(skipped === 0 ? [] : [line(dim(`${plural(skipped, 'check')} left out, --verbose says why`))]),
  ];
}

function linesOf({ name, looks, verdict, text, remedy, runbook }: Checked, verbose: boolean): Line[] {
  return [
    line(MARKS[verdict], name, ...(verbose ? [dim(` (${looks})`)] : []), `: ${text}`),
    ...(remedy === null ? [] : [line(dim(`     → ${remedy}`))]),
    ...(runbook === null ? [] : [line(dim(`       ${runbook}`))]),
  ];
}
