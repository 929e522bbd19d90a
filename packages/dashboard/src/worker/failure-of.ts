/** What went wrong, as the page is told of it. */
import type { Failure } from './protocol.ts';
import { SourceFailure } from './sources/source.ts';

export function failureOf(error: unknown): Failure {
  if (error instanceof SourceFailure) return error.failure;
  return { kind: 'invalid', reason: error instanceof Error ? error.message : 'something went wrong in the page' };
}
