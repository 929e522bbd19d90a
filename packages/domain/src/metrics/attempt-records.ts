/**
 * Every attempt that the yard knows of, each once: those of the jobs that are still in the state, and those of which only the
 * line in `shared/metrics` is left. Reads all files of it, so it is for who asks, not for every look.
 */
import type { AttemptRecord } from '../entities/attempt-record.ts';
import type { State } from '../state.ts';
import { type ReadRecords, recordKey, recordsIn } from './metrics-file.ts';
import { recordsOf } from './records-of.ts';

type Known = Pick<State, 'jobs' | 'manifests' | 'metrics'>;

export function attemptRecords(state: Known): ReadRecords {
  const all = new Map<string, AttemptRecord>();
  for (const record of recordsInState(state)) all.set(recordKey(record), record);
  const files = [...state.metrics].map(recordsIn);
  for (const { records } of files) {
    for (const record of records) if (!all.has(recordKey(record))) all.set(recordKey(record), record);
  }
  return { records: [...all.values()], problems: files.flatMap((it) => it.problems) };
}

const recordsInState = ({ jobs, manifests }: Pick<State, 'jobs' | 'manifests'>): readonly AttemptRecord[] =>
  [...jobs].flatMap((job) => recordsOf(job, manifests.get(job.id)));
