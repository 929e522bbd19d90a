/** A job as one line of the read model, with every text cut to what a page shows. A running one is as its holder last told. */
import type { Stage } from '../entities/attempt.ts';
import { currentAttempt, isFinished, isHeld, type Job, whyEnded } from '../entities/job.ts';
import type { ReadModel } from '../entities/read-model.ts';
import { partsOf } from '../operations/jobs/family.ts';
import type { State } from '../state.ts';
import { clipped, clippedOrNull, shortList } from '../text.ts';
import type { Explanation } from './explain.ts';
import { stagesNow } from './stages-now.ts';

export type JobRow = ReadModel['jobs'][number];

/** As much as a row shows of why a job waits. */
export type JobTurn = Pick<Explanation, 'position' | 'reasons' | 'eta' | 'expectedEnd'>;

export function jobRow(state: State, job: Job, { position, reasons, eta, expectedEnd }: JobTurn): JobRow {
  const attempt = currentAttempt(job);
  const { stages, progress } = stagesNow(state, job);
  return {
    ...request(job),
    parts: partsLine(state, job),
    startedAt: attempt?.startedAt ?? null,
    agent: job.agent ?? (isFinished(job) ? (attempt?.agent ?? null) : null),
    token: job.token,
    attempt: job.attempts.length,
    stages: isHeld(job) ? stages.map(shortStage) : [],
    progress: clippedOrNull(progress, 120),
    exitCode: job.result?.exitCode ?? attempt?.exitCode ?? null,
    reason: clippedOrNull(whyEnded(job), 300),
    artifacts: job.result?.artifacts ?? 0,
    log: clippedOrNull(job.result?.log ?? null, 200),
    position,
    turnAt: eta.p50,
    endsAt: expectedEnd.p50,
    reasons: reasons.slice(0, 3).map(({ text, refs, ...rest }) => ({
      ...rest,
      text: clipped(text, 200),
      refs: shortList(refs, 3),
    })),
  };
}

function partsLine(state: State, job: Job): JobRow['parts'] {
  if (job.split === null) return null;
  const { kind, children } = job.split;
  return {
    kind,
    all: children.length,
    succeeded: partsOf(state, job).filter((it) => it.status === 'succeeded').length,
  };
}

function request(job: Job) {
  const { id, status, priority, toolchain, submittedAt, endedAt } = job;
  return {
    id,
    status,
    priority,
    repository: clippedOrNull(job.repository, 150),
    branch: clippedOrNull(job.branch, 80),
    commit: job.commit,
    toolchain,
    command: clippedOrNull(workOf(job), 120),
    submittedAt,
    submittedBy: clipped(job.submittedBy, 60),
    endedAt,
    needs: job.needs.slice(0, 5),
    group: clippedOrNull(job.group, 60),
    parent: job.parent,
    projects: clippedOrNull(projectsLine(job), 100),
  };
}

/** What it runs, in a line: a task has its text in the place of a command. */
const workOf = ({ command, task, update }: Job): string | null =>
  task?.text ?? (update && `update to gityard ${update.version}`) ?? command?.slice(0, 20).join(' ') ?? null;

/** Parts of one build differ in nothing else; what builds all projects names none. */
function projectsLine({ part }: Job): string | null {
  const [first, ...others] = part?.projects ?? [];
  if (first === undefined) return null;
  return others.length === 0 ? first : `${first} and ${others.length} more`;
}

const shortStage = (stage: Stage): Stage => ({
  name: clipped(stage.name, 30),
  status: stage.status,
  startedAt: stage.startedAt,
  endedAt: stage.endedAt,
  warnings: stage.warnings,
  errors: stage.errors,
  message: clippedOrNull(stage.message, 120),
});
