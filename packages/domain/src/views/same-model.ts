/** Whether a read model says anything that another does not: more than who made it, when, and that time has passed since. */
import { sameValue } from '../audit/same-value.ts';
import type { ReadModel } from '../entities/read-model.ts';

export function saysTheSame(a: ReadModel, b: ReadModel): boolean {
  return sameValue(timeless(a), timeless(b));
}

/** As it is written: a field that is undefined is none. */
function timeless({ at, sequence, by, push, ...rest }: ReadModel): unknown {
  return JSON.parse(
    JSON.stringify({
      ...rest,
      agents: rest.agents.map(({ uptimePercent, ...agent }) => agent),
      history: rest.history.map(({ oldestWaitSeconds, ...point }) => point),
    }),
  );
}
