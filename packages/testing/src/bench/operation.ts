/**
 * The one thing that every variant lands again and again: a new file of 600 bytes that looks like a job, at a path
 * of its own. Each has an id that also stands in the message of its commit, so that the history tells what landed.
 */
import { createHash } from 'node:crypto';

export interface BenchOperation {
  readonly id: string;
  readonly path: string;
  readonly text: string;
}

/** Finds the ids in any text. */
export const OPERATION_ID = /\bop-[0-9a-z]+-\d{6}\b/g;
const SIZE_BYTES = 600;

export function operationOf(writer: string, number: number): BenchOperation {
  const id = `op-${writer}-${String(number).padStart(6, '0')}`;
  return { id, path: jobPathOf(id), text: textOf(id) };
}

/** Where the yard keeps a job, so that our variants and the others change the same folders. */
export function jobPathOf(id: string): string {
  return `shared/jobs/${sha256(id).slice(0, 2)}/${id}.json`;
}

/** Half of it is digests, as in a real job: text that compresses to nothing would flatter the bytes. */
function textOf(id: string): string {
  const job = {
    branch: 'main',
    command: ['make', 'all'],
    commit: sha256(id).slice(0, 40),
    id,
    priority: 5,
    repository: 'https://git.example.org/acme/app.git',
    status: 'queued',
    submittedAt: '2026-03-02T12:00:00.000Z',
    submittedBy: 'bench',
    parameters: { cache: sha256(`${id} cache`), sources: sha256(`${id} sources`), padding: '' },
  };
  const missing = SIZE_BYTES - 1 - JSON.stringify(job, null, 2).length;
  job.parameters.padding = 'x'.repeat(Math.max(0, missing));
  return `${JSON.stringify(job, null, 2)}\n`;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
