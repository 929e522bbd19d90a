/** What rules, names and the world say no to, as answers of HTTP. */
import type { Refused } from '@gityard/domain';
import type { Problem } from './problem.ts';

const STATUS_OF: Readonly<Record<string, number>> = {
  NOT_FOUND: 404,
  DENIED: 403,
  INVALID_DATA: 400,
  SECRET_FOUND: 400,
  REASON_REQUIRED: 400,
};

/** A rule that stands against it: it may be another time. */
const CONFLICT = 409;

export const refusedBy = ({ code, reason, refs = [] }: Said): Problem => ({
  status: STATUS_OF[code] ?? CONFLICT,
  code,
  detail: code === 'AMBIGUOUS_ID' && refs.length > 0 ? `${reason}: ${refs.join(', ')}` : reason,
});

type Said = Pick<Refused, 'reason'> & { readonly code: string; readonly refs?: readonly string[] };

/** The world is in the way, and may not be in a moment. */
export const failedBy = ({ code, reason }: { readonly code: string; readonly reason: string }): Problem => ({
  status: 503,
  code,
  detail: reason,
  headers: { 'retry-after': '5' },
});
