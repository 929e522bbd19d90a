/**
 * What the reports of a build say together: totals and cases of its tests, and how much of the code they ran. A report
 * that is broken is told of and left out; what a test run only printed counts where it wrote no report.
 */
import type { Coverage, TestTotals } from '@gityard/domain';
import { tapReport } from './cases/tap.ts';
import { LineBook } from './coverage/line-book.ts';
import { type Found, findReports, type Places, type ReportFile } from './find-reports.ts';
import { outputTotals } from './output-totals.ts';
import { parseSafely } from './parse-safely.ts';
import { pathIn, type Repository, repositoryOf } from './place-of.ts';
import { type TestsTold, tell, totalsOf } from './summarise.ts';
import type { TestCase } from './test-case.ts';
import { endsEarly } from './xml.ts';

export interface Reports {
  readonly tests: TestTotals | null;
  readonly told: TestsTold;
  readonly coverage: Coverage | null;
  readonly cases: readonly TestCase[];
  /** All that went wrong is among the cases: nothing was lost, broken or left out. */
  readonly complete: boolean;
  readonly notes: readonly string[];
}

const CASES = 500_000;

export interface Reading extends Places {
  /** What the tests printed, its end. */
  readonly output: string;
  /** Takes out of a text what must not be seen. */
  clean?(text: string): string;
}

export async function readReports({ clean, ...places }: Reading): Promise<Reports> {
  const found = await findReports(places);
  const repository = repositoryOf(places.source, found.paths);
  const read = await readAll(found, repository);
  const { cases, complete } = read.cases.length > 0 ? read : printed(places.output, read);
  return {
    tests: totalsOf(cases) ?? outputTotals(places.output),
    told: tell(cases, { repository, clean }),
    coverage: read.lines.totals(),
    cases,
    complete: complete && cases.length < CASES,
    notes: read.notes,
  };
}

async function readAll({ files, notes }: Found, repository: Repository) {
  const lines = new LineBook();
  const sum = { cases: [] as TestCase[], complete: notes.length === 0, notes: [...notes], lines };
  for (const file of files) {
    const parsed = await parsedOrNote(file);
    if (parsed && typeof parsed !== 'string' && endsEarly(file.text)) {
      sum.notes.push(`the report ${file.path} ends early: only a part of it was read`);
      sum.complete = false;
    }
    if (typeof parsed === 'string') {
      sum.notes.push(parsed);
      sum.complete = false;
    } else if (parsed && 'tests' in parsed) {
      for (const it of parsed.tests.cases) if (sum.cases.length < CASES) sum.cases.push(it);
      sum.complete &&= parsed.tests.complete;
    } else if (parsed) {
      for (const [name, its] of parsed.coverage) lines.add(pathIn(repository, name) ?? name, its);
    }
  }
  return sum;
}

async function parsedOrNote({ path, text, named }: ReportFile) {
  try {
    const parsed = await parseSafely(text);
    // Beside its reports a test run leaves what it likes: attachments, settings, pictures.
    return parsed ?? (named ? `the report ${path} was not read: it is of no kind that we know` : null);
  } catch (error) {
    return `the report ${path} is broken: ${(error as Error).message.split('\n')[0]}`;
  }
}

/** TAP that went to the output, where all of it is there. */
function printed(output: string, read: { readonly cases: TestCase[]; readonly complete: boolean }) {
  const from = output.search(/^TAP version 1[34]$/m);
  return from < 0 ? { ...read, complete: false } : tapReport(output.slice(from));
}
