/** Tokens are given out and taken back by operations alone, and what was taken back stays so. */
import type { TokenRecord } from '../entities/token.ts';
import { has, type Step, type Transition } from './rule.ts';
import { sameValue } from './same-value.ts';

export function tokensComeByOperation({ id, before, after }: Transition<TokenRecord>, step: Step): readonly string[] {
  if (!before) return has(step, 'issue-token') ? [] : [`token ${id} appeared by no operation`];
  if (!after) return has(step, 'issue-token') ? [] : [`token ${id} vanished by no operation`];
  if (before.revokedAt !== null && after.revokedAt === null) return [`token ${id} was revoked and is good again`];
  const { revokedAt: _at, revokedBy: _by, ...was } = before;
  const { revokedAt: _then, revokedBy: _whom, ...is } = after;
  if (!sameValue(was, is)) return [`what token ${id} allows was changed after it was issued`];
  return has(step, 'revoke-token') ? [] : [`token ${id} was revoked by no operation`];
}
