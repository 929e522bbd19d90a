/**
 * Records a point to which a branch can go back: an annotated tag that was made before, of a build that succeeded and whose
 * artifacts are known. Told twice it is one point, so whoever crashed between the tag and the record tells it again.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { Rollback, RollbackPoint } from '../../entities/rollback.ts';
import { putRollback, type State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';
import { newestFirst, rollbackOf, whyNotGood, withGoodBuild } from './good-builds.ts';

export interface RecordRollbackPoint {
  readonly branch: string;
  readonly point: Omit<RollbackPoint, 'recordedAt'>;
  readonly now: Time;
}

/** As many as the schema holds. */
const MOST_POINTS = 1000;

export function recordRollbackPoint(state: State, input: RecordRollbackPoint): Decision<RollbackPoint> {
  const { branch, now } = input;
  const point: RollbackPoint = { ...input.point, recordedAt: now };
  const before = rollbackOf(state, branch);
  if (before.branch !== branch) return refuse('CONFLICT', `${before.branch} has the place of ${branch}`, [branch]);
  const known = before.points.find((it) => it.tag === point.tag || it.job === point.job);
  if (known) return again(known, point);

  const refused = notGood(state, branch, point);
  if (refused) return refused;
  if (before.points.length >= MOST_POINTS)
    return refuse('CONFLICT', `${branch} has ${MOST_POINTS} rollback points: clean some up`, [branch]);
  const points = [...before.points, point].sort(newestFirst);
  const checked = validate('rollback', plain(withGoodBuild({ ...before, points }, point)));
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [point.job]);
  const subject = { job: point.job, ...(point.agent !== null && { agent: point.agent }) };
  return accept(point, [putRollback(checked.value)], `record rollback point ${point.tag}`, subject);
}

function again(known: RollbackPoint, point: RollbackPoint): Decision<RollbackPoint> {
  if (known.job !== point.job)
    return refuse('CONFLICT', `${known.tag} is the rollback point of job ${known.job}`, [known.tag]);
  if (known.tagObject === point.tagObject)
    return accept(known, [], `${known.tag} is recorded already`, { job: known.job });
  return refuse('CONFLICT', `job ${known.job} has the rollback point ${known.tag}, of another tag`, [known.tag]);
}

function notGood(state: State, branch: string, { job: jobId }: RollbackPoint): Decision<never> | undefined {
  const manifest = state.manifests.get(jobId);
  if (!manifest) return refuse('NOT_FOUND', `the yard holds no manifest of ${jobId}`, [jobId]);
  const job = state.jobs.get(jobId);
  const why = job && whyNotGood(job);
  if (why) return refuse('NOT_SUCCEEDED', why, [jobId]);
  const built = job?.branch ?? manifest.branch;
  return built !== null && built !== branch
    ? refuse('CONFLICT', `${jobId} built ${built}, not ${branch}`, [jobId])
    : undefined;
}

const plain = (value: Rollback): unknown => JSON.parse(JSON.stringify(value));
