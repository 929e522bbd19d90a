/** Planted where a link falls back on: what the relay did not answer is asked for under a new number. */
import type { Yard } from '@gityard/yard';

export function fallsBackAnew(yard: Yard): Yard {
  let tries = 0;
  const performFor: Yard['performFor'] = ({ actor, boot }, operations, options) =>
    yard.performFor({ actor, boot: `${boot}again${++tries}`, request: 1 }, operations, options);
  return Object.assign(Object.create(yard) as Yard, { performFor });
}
