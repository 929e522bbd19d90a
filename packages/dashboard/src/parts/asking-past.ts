/**
 * Whether the past may be asked without asking the person first: it takes a request for each hour, which a source with a small
 * budget does not have. And which place is asked: the present, or the commit that the address names.
 */
import type { ReadModel } from '@gityard/domain';
import type { Route } from '../router.ts';
import type { Connection } from '../worker/protocol.ts';
import type { Place } from '../worker/sources/source.ts';

const AMPLE = 1_000;

export const isPastCheap = ({ source, budget }: Connection): boolean =>
  source?.isLocal === true || (budget !== null && budget.left >= AMPLE);

export const placeOf = (route: Route, model: ReadModel): Place =>
  route.query.has('at') ? { commit: model.head } : { ref: 'state' };

/** Changes when it is worth to ask again: every quarter of an hour, and at once for another moment. */
export const pastKey = (route: Route, { at }: ReadModel): string =>
  route.query.get('at') ?? String(Math.floor(Date.parse(at) / QUARTER_MS));

/** Before somebody spends what they have few of. */
export function costWords(requests: number, { budget }: Connection): string {
  const left = budget === null ? '' : `, and ${budget.left} are left until the hour is over`;
  return `The past is not loaded: it takes about ${requests} requests${left}.`;
}

const QUARTER_MS = 15 * 60_000;
