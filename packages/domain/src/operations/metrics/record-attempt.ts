/**
 * Notes how long an attempt took that ran outside the yard, in a script for example (R63). Attempts of the yard's own jobs are
 * known already: of those, and of what was noted before, nothing is noted twice.
 */
import { accept, type Decision, refuse } from '../../decision.ts';
import type { AttemptRecord } from '../../entities/attempt-record.ts';
import { appendRecords } from '../../metrics/append-records.ts';
import { recordKey, recordsIn } from '../../metrics/metrics-file.ts';
import { recordsOf } from '../../metrics/records-of.ts';
import type { State } from '../../state.ts';
import type { Time } from '../../time.ts';
import { validate } from '../../validate.ts';

export interface RecordAttempt {
  readonly record: Partial<AttemptRecord> &
    Pick<AttemptRecord, 'job' | 'attempt' | 'agent' | 'startedAt' | 'seconds' | 'status'>;
  readonly now: Time;
}

export interface Recorded {
  readonly record: AttemptRecord;
  /** False: it was known before. */
  readonly isNew: boolean;
}

export function recordAttempt(state: State, { record: wish }: RecordAttempt): Decision<Recorded> {
  const checked = validate('attempt-record', JSON.parse(JSON.stringify(wish)));
  if (!checked.ok) return refuse('INVALID_DATA', checked.reason, [wish.job]);
  const record = checked.value;
  const known = knownRecord(state, record);
  const subject = { agent: record.agent, job: record.job };
  const name = `attempt ${record.attempt} of job ${record.job}`;
  if (known) return accept({ record: known, isNew: false }, [], `${name} is known already`, subject);
  return accept({ record, isNew: true }, appendRecords(state, [record]), `record ${name}: ${record.status}`, subject);
}

function knownRecord(state: State, record: AttemptRecord): AttemptRecord | undefined {
  const isSame = (it: AttemptRecord) => recordKey(it) === recordKey(record);
  const job = state.jobs.get(record.job);
  if (job?.attempts.some((it) => it.number === record.attempt))
    // One that still runs is known when it ends.
    return recordsOf(job, state.manifests.get(job.id)).find(isSame) ?? record;
  for (const file of state.metrics) {
    // Most files do not even name the job, and need not be read line by line.
    if (!file.text()?.includes(JSON.stringify(record.job))) continue;
    const found = recordsIn(file).records.find(isSame);
    if (found) return found;
  }
  return undefined;
}
