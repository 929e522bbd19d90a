/** What an attempt brought about, as much of it as a job's file holds: the rest is in its log and its manifest. */
import { closed, count, listOf, nullableText, orNull, text } from './schema.ts';
import type { TypeOf } from './type-of.ts';

/** How much of what a processor prints is kept in the job itself; the log has all of it. */
export const RESULT_TEXT_CHARACTERS = 8_000;

const nullableInteger = { type: ['integer', 'null'], default: null } as const;

export const testsSchema = closed({ total: count, passed: count, failed: count, skipped: count }, []);

/** Of what a build measured; a kind that it did not measure has a total of 0. */
export const coverageSchema = closed(
  { linesCovered: count, linesTotal: count, branchesCovered: count, branchesTotal: count },
  [],
);

export const failedTestSchema = closed(
  { name: text(500), message: nullableText(1000), path: nullableText(1000), line: nullableInteger },
  ['name'],
);

/** A finding of a compiler, a linter or a build script, at a place in the repository where it named one. */
export const annotationSchema = closed(
  {
    level: { enum: ['error', 'warning', 'notice'] },
    path: { ...nullableText(1000), description: 'relative to the repository, with forward slashes' },
    line: nullableInteger,
    column: nullableInteger,
    code: nullableText(50),
    message: text(1000),
  },
  ['level', 'message'],
);

/** Projects whose outputs came from the cache, and those that had to be built. */
export const cacheUseSchema = closed({ hits: count, misses: count }, []);

export const resultSchema = closed(
  {
    text: { ...nullableText(RESULT_TEXT_CHARACTERS), description: 'what the processor of a task answered, its end' },
    exitCode: nullableInteger,
    artifacts: count,
    manifest: nullableText(300),
    log: nullableText(300),
    tests: orNull(testsSchema),
    isolation: { ...nullableText(100), description: 'what kept the build apart from the machine' },
    coverage: orNull(coverageSchema),
    failedTests: listOf(failedTestSchema, { maxItems: 20, description: 'the first of them' }),
    flakyTests: listOf(text(500), { maxItems: 20, description: 'they failed, and are known to do so now and then' }),
    annotations: listOf(annotationSchema, { maxItems: 50, description: 'the first findings, errors before warnings' }),
    cache: orNull(cacheUseSchema),
    built: { ...nullableText(1000), description: 'over which projects the strategy went, and why, in a sentence' },
    attestation: nullableText(300),
  },
  [],
);

export type JobResult = TypeOf<typeof resultSchema>;
export type TestTotals = TypeOf<typeof testsSchema>;
export type Coverage = TypeOf<typeof coverageSchema>;
export type FailedTest = TypeOf<typeof failedTestSchema>;
export type Annotation = TypeOf<typeof annotationSchema>;
export type CacheUse = TypeOf<typeof cacheUseSchema>;

/** What a build found out beside whether it succeeded. */
export type Findings = Pick<JobResult, 'coverage' | 'failedTests' | 'flakyTests' | 'annotations' | 'cache' | 'built'>;

export const NO_FINDINGS: Findings = {
  coverage: null,
  failedTests: [],
  flakyTests: [],
  annotations: [],
  cache: null,
  built: null,
};

export const NO_RESULT: JobResult = {
  text: null,
  exitCode: null,
  artifacts: 0,
  manifest: null,
  log: null,
  tests: null,
  isolation: null,
  attestation: null,
  ...NO_FINDINGS,
};
