/**
 * Turns what entries say of each other, in their old ids, into the ids of here: which message one answers, which jobs one
 * needs. What is not there is left out and told of; a job that is needed by one that is open stays where the queue sees it.
 */
import type { Candidate } from '../shapes/candidate.ts';
import type { Named } from './name-all.ts';

export interface Resolved extends Named {
  /** By a job that is open. */
  readonly isNeeded: boolean;
}

type Ids = ReadonlyMap<string, Named>;

export function resolveReferences(named: readonly Named[]): readonly Resolved[] {
  const ids = new Map<string, Named>();
  // Of two that had one id, the first in time is meant.
  for (const it of named) {
    const key = `${it.candidate.kind} ${it.candidate.sourceId}`;
    if (!it.collides || !ids.has(key)) ids.set(key, it);
  }
  const candidates = named.map((it) => resolved(it.candidate, ids));
  const needed = new Set(candidates.flatMap((it) => (isOpen(it) ? it.value.needs : [])));
  return named.map((it, at) => {
    const candidate = candidates[at] ?? it.candidate;
    return { ...it, candidate, isNeeded: candidate.kind === 'job' && needed.has(it.id) };
  });
}

type JobCandidate = Extract<Candidate, { kind: 'job' }>;
const isOpen = (it: Candidate): it is JobCandidate => it.kind === 'job' && it.value.status === 'queued';

function resolved(candidate: Candidate, ids: Ids): Candidate {
  if (candidate.refers.length === 0) return candidate;
  if (candidate.kind === 'message') return withAnswered(candidate, ids);
  return candidate.kind === 'job' ? withNeeds(candidate, ids) : candidate;
}

function withAnswered(candidate: Extract<Candidate, { kind: 'message' }>, ids: Ids): Candidate {
  const { value, notes, refers } = candidate;
  const replyTo = ids.get(`message ${refers[0]}`)?.id ?? null;
  const told = replyTo === null ? [...notes, 'the message that a reply answers is not there'] : notes;
  return { ...candidate, notes: told, value: { ...value, replyTo } };
}

/** What has succeeded needs no waiting for. */
function withNeeds(candidate: JobCandidate, ids: Ids): Candidate {
  const { value, notes, refers } = candidate;
  const needed = refers.map((it) => ids.get(`job ${it}`));
  const there = needed.filter((it) => it !== undefined);
  const kept = isOpen(candidate) ? there.filter((it) => !hasSucceeded(it)) : there;
  const told = needed.includes(undefined) ? [...notes, 'a job that another needs is not there'] : notes;
  return { ...candidate, notes: told, value: { ...value, needs: [...new Set(kept.map((it) => it.id))] } };
}

const hasSucceeded = ({ candidate }: Named): boolean =>
  candidate.kind === 'job' && candidate.value.status === 'succeeded';
