/** For specs of the audit: what a commit tells, and the names of the rules that the step from one world to another breaks. */
import { auditStep } from '../audit/audit.ts';
import type { AuditedOperation, Changed, Violation } from '../audit/rule.ts';
import type { Attempt } from '../entities/attempt.ts';
import type { LockHolder } from '../entities/lock.ts';
import type { State } from '../state.ts';
import { anAttempt } from './samples.ts';
import { noon, type World, world } from './world.ts';

export const operation = (name: string, fields: Partial<AuditedOperation> = {}): AuditedOperation => ({
  operation: name,
  agent: 'mac',
  job: 'b1',
  lock: null,
  message: null,
  token: null,
  transaction: 't1',
  actor: null,
  ...fields,
});

export const attempt = (token: number, fields: Partial<Attempt> = {}): Attempt =>
  anAttempt({ agent: 'mac', boot: 'mac-boot', token, startedAt: noon, ...fields });

export const hold = (holder: string, token: number): LockHolder => ({
  holder,
  token,
  acquiredAt: noon,
  expiresAt: null,
  reason: null,
});

export const actor = (id: string, operations: number, { state }: World = world()): State => ({
  ...state,
  actors: state.actors.with(id, { schemaVersion: 1, id, operations, boot: 'b' }),
});

export function violations(
  before: World | State,
  after: World | State,
  operations: readonly AuditedOperation[] = [],
  more: readonly Changed[] = [],
): readonly Violation[] {
  const [was, is] = [stateOf(before), stateOf(after)];
  return auditStep(was, is, operations, [...everything(was, is), ...more]);
}

/** No operations: a person's commit. */
export const broken = (...step: Parameters<typeof violations>): string[] => violations(...step).map((it) => it.rule);

const stateOf = (it: World | State): State => ('state' in it ? it.state : it);

const everything = (before: State, after: State): readonly Changed[] =>
  (['job', 'lock', 'message', 'actor', 'agent', 'manifest', 'attestation', 'rollback'] as const).flatMap((kind) => {
    const [was, is] = [before[`${kind}s`], after[`${kind}s`]];
    const ids = new Set([...was.entries(), ...is.entries()].map(([id]) => id));
    return [...ids].filter((id) => was.get(id) !== is.get(id)).map((id) => ({ kind, id }));
  });
