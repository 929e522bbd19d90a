/** What the reports that a build left say: files of the reports folder, and those that its plan names in the checkout. */
import type { TestTotals } from '@gityard/domain';
import { matcherOf } from '../artifacts/pattern.ts';
import type { ReportPatterns } from '../toolchains/toolchain.ts';
import { readText, walk } from '../workspace-files.ts';
import { junitTotals } from './junit-totals.ts';
import { outputTotals } from './output-totals.ts';
import { sumTotals } from './sum-totals.ts';
import { trxTotals } from './trx-totals.ts';

export interface ReportPlaces {
  readonly source: string;
  readonly reports: string;
  readonly patterns: ReportPatterns;
  /** What the tests printed, for those that report nowhere else. */
  readonly output: string;
}

export async function readTests({ source, reports, patterns, output }: ReportPlaces): Promise<TestTotals | null> {
  const fits = patterns.tests.map(matcherOf);
  const own = (await walk(reports)).map((path) => totalsOf(reports, path));
  const named = fits.length === 0 ? [] : (await walk(source)).filter((path) => fits.some((fit) => fit(path)));
  const totals = await Promise.all([...own, ...named.map((path) => totalsOf(source, path))]);
  return sumTotals(totals) ?? outputTotals(output);
}

async function totalsOf(root: string, path: string): Promise<TestTotals | null> {
  const text = (await readText(root, path)) ?? '';
  return path.endsWith('.trx') ? trxTotals(text) : junitTotals(text);
}
