/**
 * Turns what entries say of each other, in their old ids, into the ids of here: which message one answers, which jobs one
 * needs. What is not there is left out and told of; a job that is needed by one that is open stays where the queue sees it.
 */
import type { Candidate } from '../shapes/candidate.ts';
import type { Named } from './name-all.ts';

export function resolveReferences(named: readonly Named[]): readonly Named[] {
  const ids = new Map<string, Named>();
  // Of two that had one id, the first in time is meant.
  for (const it of named) {
    const key = `${it.candidate.kind} ${it.candidate.sourceId}`;
    if (!it.collides || !ids.has(key)) ids.set(key, it);
  }
  return named.map((it) => ({ ...it, candidate: resolved(it.candidate, ids) }));
}

function resolved(candidate: Candidate, ids: ReadonlyMap<string, Named>): Candidate {
  if (candidate.kind === 'message') return withAnswered(candidate, ids);
  return candidate.kind === 'job' ? withNeeds(candidate, ids) : candidate;
}

function withAnswered(candidate: Extract<Candidate, { kind: 'message' }>, ids: ReadonlyMap<string, Named>): Candidate {
  const { value, notes } = candidate;
  if (value.replyTo === null) return candidate;
  const answered = ids.get(`message ${value.replyTo}`)?.id ?? null;
  const told = answered === null ? [...notes, 'the message that a reply answers is not there'] : notes;
  return { ...candidate, notes: told, value: { ...value, replyTo: answered } };
}

/** What has succeeded needs no waiting for. */
function withNeeds(candidate: Extract<Candidate, { kind: 'job' }>, ids: ReadonlyMap<string, Named>): Candidate {
  const { value, notes } = candidate;
  if (value.needs.length === 0) return candidate;
  const needed = value.needs.map((it) => ids.get(`job ${it}`));
  const isOpen = value.status === 'queued';
  const kept = needed.filter((it) => it !== undefined).filter((it) => !isOpen || !hasSucceeded(it));
  const told = needed.includes(undefined) ? [...notes, 'a job that another needs is not there'] : notes;
  return { ...candidate, notes: told, value: { ...value, needs: [...new Set(kept.map((it) => it.id))] } };
}

const hasSucceeded = ({ candidate }: Named): boolean =>
  candidate.kind === 'job' && candidate.value.status === 'succeeded';
