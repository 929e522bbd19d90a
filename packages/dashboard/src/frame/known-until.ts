/**
 * Until when the page knows how things stand. What it could not hear says nothing of a server: while its source does not
 * answer, ages and health stay as they were when it last did. Pure.
 */
import { type Time, toMs, toTime } from '@gityard/domain';
import type { YardView } from '../yard/yard.ts';

export function knownUntil({ model, connection, isRemembered }: YardView, now: Time): Time {
  const { state, failure, lookedAt, skewMs } = connection;
  const isCutOff = isRemembered || state === 'late' || (failure !== null && state !== 'live');
  if (!isCutOff || model === undefined) return now;
  const heardMs = Math.max(toMs(model.at), lookedAt === null ? 0 : lookedAt + skewMs);
  return heardMs < toMs(now) ? toTime(heardMs) : now;
}
