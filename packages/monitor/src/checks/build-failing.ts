/**
 * A branch, or a command, whose last build failed. Only a success mends it: a build that is tried again has not succeeded yet,
 * so that its issue stays as it is until there is an answer.
 */
import { brokenWork, currentAttempt, type Job, nameOfLine, standings, whyEnded } from '@gityard/domain';
import { aFinding, BUILD_LABELS, type Check, type Fact, type Finding, keyOf, type Look } from '../finding.ts';
import { branchOf } from './branch-of.ts';

const NAME = 'build-failing';
/** 1 = first; such jobs people called high or critical. */
const URGENT = 3;

export const buildFailing: Check = {
  name: NAME,
  find: ({ state }) => {
    const broken = brokenWork(state).map(failing);
    const known = new Set(broken.map((it) => it.key));
    const tried = [...standings(state)]
      .filter(([line, { goodMs, badMs }]) => badMs !== null && badMs > (goodMs ?? 0) && !known.has(keyOf(NAME, line)))
      .map(([line]) => underWay(line));
    return [...broken, ...tried];
  },
  howItEnded: ({ state }: Look, line) => {
    const standing = standings(state).get(line);
    if (!standing) return 'nobody builds it any more: its last job went to the archive without a success';
    if (standing.goodMs === null) return standing.underWay ? null : 'its failed job was cancelled or taken away';
    return `it was built well at ${new Date(standing.goodMs).toISOString()}`;
  },
};

function failing(job: Job): Finding {
  const what = job.branch === null ? `command of job ${job.id}` : branchOf(job.branch, job);
  const why =
    whyEnded(job) ?? (currentAttempt(job)?.exitCode == null ? null : `exit code ${currentAttempt(job)?.exitCode}`);
  return aFinding({
    key: keyOf(NAME, nameOfLine(job)),
    // An expired job is another trouble than a failed one: nobody took it.
    says: job.status,
    title: `${what} ${job.status === 'expired' ? 'was not built in its time' : 'fails'}`,
    text: `${what}: job ${job.id} ${job.status}${why === null ? '' : `: ${why}`}`,
    severity: job.priority <= URGENT ? 'high' : 'normal',
    facts: factsOf(job),
    remedies: [`gityard job logs ${job.id}`, `gityard job retry ${job.id}`],
    labels: BUILD_LABELS,
  });
}

const underWay = (line: string): Finding =>
  aFinding({
    key: keyOf(NAME, line),
    says: 'failed',
    title: `${line} is tried again`,
    text: 'it failed, and is tried again',
    labels: BUILD_LABELS,
    opens: false,
  });

function factsOf(job: Job): Fact[] {
  const { repository, branch, commit, endedAt, attempts } = job;
  const facts: (readonly [string, string | null | undefined])[] = [
    ['repository', repository],
    ['branch', branch],
    ['commit', commit],
    ['agent', currentAttempt(job)?.agent],
    ['attempts', `${attempts.length}`],
    ['ended', endedAt],
  ];
  return facts.flatMap(([name, value]) => (value ? [[name, value] as const] : []));
}
