/**
 * A lock of the predecessor. One that is over is dropped; one without an end was meant to end after ten minutes, which its
 * recovery never saw to; one that still lasts comes with its holder.
 */
import { idFrom } from '@gityard/domain';
import type { Fields } from '../reading/items-in.ts';
import { digestOf, type Shape, unfit } from './candidate.ts';
import { spoken, textOf } from './fields.ts';
import { fitted } from './fitted.ts';
import { pastTime, timeOf } from './time-of.ts';

const HOLDER = ['locked_by', 'holder', 'owner', 'acquired_by', 'server_id', 'server'] as const;
const ACQUIRED = ['locked_at', 'acquired_at', 'acquiredAt', 'timestamp', 'created_at'] as const;
const EXPIRES = ['expires_at', 'expiresAt', 'expires'] as const;
/** What the predecessor's LOCK_TIMEOUT was when nobody set it. */
const DEFAULT_HOLD_MS = 600_000;

export const isLock = (fields: Fields): boolean =>
  spoken(fields, ...HOLDER) > 0 && spoken(fields, ...ACQUIRED, ...EXPIRES) > 0;

export const shapeLock: Shape = ({ fields, key }, { now }) => {
  const notes: string[] = [];
  const sourceId = textOf(fields, 'name', 'lock_name', 'resource', 'id', 'lock_id') ?? key;
  const holder = textOf(fields, ...HOLDER);
  if (sourceId === null) return { outcome: 'quarantined', reason: 'says no name' };
  if (holder === null) return { outcome: 'dropped', reason: 'nobody holds it' };
  const told = timeOf(fields, notes, ...ACQUIRED);
  const acquiredAt = pastTime(told, now, notes);
  const expiresAt = timeOf(fields, notes, ...EXPIRES) ?? (acquiredAt && plus(acquiredAt));
  if (expiresAt === null) return { outcome: 'dropped', reason: 'it says neither when it was taken nor when it ends' };
  if (expiresAt <= now) return { outcome: 'dropped', reason: `it ended at ${expiresAt}` };
  const at = acquiredAt ?? now;
  const reason = textOf(fields, 'reason', 'purpose', 'operation')?.slice(0, 1000) ?? null;
  const holders = [{ holder: idFrom(holder), token: 1, acquiredAt: at, expiresAt, reason }];
  const checked = fitted('lock', { token: 1, holders });
  if (!checked.ok) return unfit(checked.reason);
  const digest = digestOf(sourceId, holder, told);
  return {
    outcome: 'taken',
    candidate: { kind: 'lock', sourceId, at, digest, notes, refers: [], value: checked.value },
  };
};

const plus = (time: string): string => new Date(Date.parse(time) + DEFAULT_HOLD_MS).toISOString();
