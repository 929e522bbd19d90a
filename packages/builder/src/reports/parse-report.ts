/** One report, whatever kind it is: recognised by how it begins, because names say little. Runs in a thread when it is large. */
import { junitReport } from './cases/junit.ts';
import { tapReport } from './cases/tap.ts';
import { trxReport } from './cases/trx.ts';
import { coberturaReport } from './coverage/cobertura.ts';
import { jacocoReport } from './coverage/jacoco.ts';
import { lcovReport } from './coverage/lcov.ts';
import type { CoverageReport } from './coverage/line-book.ts';
import type { TestReport } from './test-case.ts';
import { parseXml, type Tag } from './xml.ts';

export type Parsed = { readonly tests: TestReport } | { readonly coverage: CoverageReport };

interface Kind {
  readonly begins: RegExp;
  parse(text: string): Promise<Parsed> | Parsed;
}

const tests = (read: (root: Tag) => TestReport) => async (text: string) => ({ tests: read(await parseXml(text)) });
const coverage = (read: (root: Tag) => CoverageReport) => async (text: string) => ({
  coverage: read(await parseXml(text)),
});

const KINDS: readonly Kind[] = [
  { begins: /<testsuites?\b/, parse: tests(junitReport) },
  { begins: /<TestRun\b/, parse: tests(trxReport) },
  { begins: /<coverage\b[^>]*\bline-rate=/, parse: coverage(coberturaReport) },
  { begins: /<report\b[^>]*\bname=/, parse: coverage(jacocoReport) },
  { begins: /^(TAP version 1[34]|1\.\.\d+)\s*$/m, parse: (text) => ({ tests: tapReport(text) }) },
  { begins: /^SF:/m, parse: (text) => ({ coverage: lcovReport(text) }) },
];

const BEGINNING = 4_096;

/** Null: no kind of report that we know. Throws on one that is broken. */
export async function parseReport(text: string): Promise<Parsed | null> {
  const beginning = text.slice(0, BEGINNING);
  const kind = KINDS.find((it) => it.begins.test(beginning));
  return kind ? kind.parse(text) : null;
}
