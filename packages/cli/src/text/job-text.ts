/** Jobs as people read them: one line each in a table, and one job in full. Draws from rows and views; asks nothing. */
import {
  coverageText,
  elapsedMs,
  type FailedTest,
  type Job,
  type ReadModel,
  repositoryName,
  type Time,
} from '@gityard/domain';
import { jobRules } from './job-rules.ts';
import { dim, type Line, line, type Span } from './lines.ts';
import { splitFacts } from './split-text.ts';
import { table } from './table.ts';
import { agoText, durationText, statusSpan } from './words.ts';

export type JobRow = ReadModel['jobs'][number];

export const PRIORITY_DIRECTION = '1 = first, 10 = last';

/** What is built, in a few words: the branch of a repository, or the command. */
function workText({ repository, branch, command }: Pick<JobRow, 'repository' | 'branch' | 'command'>): string {
  const place = repository ? repositoryName(repository) : '';
  const what = [place, branch].filter(Boolean).join(' ');
  return what || clip(command ?? '', 40);
}

export function jobTable(rows: readonly JobRow[], now: Time): Line[] {
  return table({
    heads: ['job', 'status', 'prio (1 = first)', 'work', 'agent', 'since', ''],
    rows: rows.map((row) => [
      row.id,
      statusSpan(isStuck(row) ? 'stuck' : row.status),
      String(row.priority),
      workText(row),
      row.agent ?? '',
      agoText(row.endedAt ?? row.startedAt ?? row.submittedAt, now),
      whySpan(row),
    ]),
  });
}

const isStuck = ({ reasons }: JobRow): boolean => reasons.some((it) => it.class === 'stuck');

/** Why it waits, where it stands, or how it ended: the one thing to know of it. */
function whySpan({ status, reasons, stages, progress, reason, exitCode }: JobRow): Span {
  const waits = reasons[0];
  if (waits) return clip(waits.text, 90);
  const stage = stages.findLast((it) => it.status !== 'Pending');
  if (stage) return clip(`${stage.name}: ${progress ?? stage.status}`, 90);
  if (status === 'failed') return clip(reason ?? (exitCode === null ? '' : `exit code ${exitCode}`), 90);
  return '';
}

export function jobInFull(job: Job, now: Time, trace: string | null = null): Line[] {
  const facts: readonly (readonly [string, Span])[] = [
    ['status', statusSpan(job.status)],
    ['priority', `${job.priority} (${PRIORITY_DIRECTION})`],
    ['repository', job.repository ?? ''],
    ['branch', job.branch ?? ''],
    ['commit', job.commit ?? ''],
    ['command', job.command?.join(' ') ?? ''],
    ['update', job.update ? `to gityard ${job.update.version} from ${job.update.source}` : ''],
    ['toolchain', job.toolchain ?? ''],
    ['strategy', job.task === null && job.command === null && !job.update ? strategyOf(job) : ''],
    ['labels', job.labels.join(', ')],
    ['requires', job.requires.join(', ')],
    ['needs', job.needs.join(', ')],
    ['locks', job.locks.join(', ')],
    ['group', job.group ?? ''],
    ['namespace', job.namespace ?? ''],
    ...jobRules(job),
    ...splitFacts(job),
    ['agent', job.agent ?? ''],
    ['token', job.token === 0 ? '' : String(job.token)],
    ['submitted', `${job.submittedAt} by ${job.submittedBy}`],
    ['ended', job.endedAt ?? ''],
    ...buildFacts(job),
    ...resultFacts(job),
    ...warningFacts(job),
    ['log', job.result?.log ?? ''],
    ['trace', trace ?? ''],
  ];
  const told = facts.filter(([, value]) => value !== '');
  return [
    line('job ', { text: job.id, tone: 'bold' }),
    ...told.map(([name, value]) => line(dim(name.padEnd(11)), value)),
    ...attempts(job, now),
  ];
}

/** Over what it went, what it was kept apart by, and whether somebody signed where its artifacts come from. */
function buildFacts({ result }: Job): readonly (readonly [string, Span])[] {
  if (!result) return [];
  const { built, cache, isolation, artifacts, attestation } = result;
  const signed = attestation === null ? '' : ', their origin signed';
  return [
    ['built', built ?? ''],
    ['cache', cache ? `${cache.hits} of ${cache.hits + cache.misses} from it` : ''],
    ['isolation', isolation ?? ''],
    ['artifacts', artifacts === 0 ? '' : `${artifacts}${signed}`],
  ];
}

const FAILED_SHOWN = 5;

/** What came of its tests, the failures first: enough to know whether to read on. */
function resultFacts({ result }: Job): readonly (readonly [string, Span])[] {
  if (!result) return [];
  const { tests, failedTests, flakyTests, coverage } = result;
  const failed = failedTests.slice(0, FAILED_SHOWN).map((it) => ['failed', failedText(it)] as const);
  const left = (tests?.failed ?? 0) - failed.length;
  return [
    [
      'tests',
      tests ? `${tests.passed} passed, ${tests.failed} failed, ${tests.skipped} skipped of ${tests.total}` : '',
    ],
    ...failed,
    ['', left > 0 && failed.length > 0 ? `and ${left} more: gityard job tests tells of them` : ''],
    ['flaky', flakyTests.join(', ')],
    ['coverage', coverage ? coverageText(coverage) : ''],
  ];
}

/** What the stages of the last attempt warn of, in words: reports that were not read are missing in the totals above. */
function warningFacts({ attempts: all }: Job): readonly (readonly [string, Span])[] {
  const warned = (all.at(-1)?.stages ?? []).filter((it) => it.warnings > 0 && it.status === 'Succeeded' && it.message);
  return warned.map(({ name, message }) => ['warnings', `${name}: ${message}`]);
}

function failedText({ name, path, line: at, message }: FailedTest): string {
  const place = [path, at].filter((it) => it !== null).join(':');
  return clip([name, place && `(${place})`, message && `- ${message}`].filter(Boolean).join(' '), 200);
}

function attempts({ attempts: all }: Job, now: Time): Line[] {
  if (all.length === 0) return [];
  const rows = all.map((it) => [
    String(it.number),
    it.agent,
    String(it.token),
    statusSpan(it.status),
    durationText(elapsedMs(it.startedAt, it.endedAt ?? now)),
    it.exitCode === null ? '' : String(it.exitCode),
    it.reason ?? it.stages.map((stage) => `${stage.name} ${stage.status}`).join(', '),
  ]);
  return [[], ...table({ heads: ['attempt', 'agent', 'token', 'status', 'took', 'exit', ''], rows })];
}

const clip = (text: string, length: number): string => (text.length <= length ? text : `${text.slice(0, length - 1)}…`);

const strategyOf = ({ strategy, strategyNamed }: Job): string =>
  strategyNamed ? strategy : `${strategy}, unless gityard.yml names another`;
