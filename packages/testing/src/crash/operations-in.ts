/** How often an operation is in the history of a world, also in what was cut from it. */
import { toldBy } from '../simulation/told.ts';
import type { World } from '../simulation/world.ts';

export function countOf({ repository: { memory } }: World, operation: string): number {
  let count = 0;
  const seen = new Set<string>();
  const open = [...memory.refs.values()];
  for (let oid = open.pop(); oid !== undefined; oid = open.pop()) {
    const object = memory.objects.get(oid);
    if (!object || seen.has(oid)) continue;
    seen.add(oid);
    const { operations, parents } = toldBy(object.body);
    count += operations.filter((it) => it.operation === operation).length;
    open.push(...parents);
  }
  return count;
}

/** A sentence for each count that is not as it should be. */
export function expectCounts(world: World, expected: Readonly<Record<string, number>>): string[] {
  return Object.entries(expected).flatMap(([operation, times]) => {
    const count = countOf(world, operation);
    return count === times ? [] : [`${operation} is in the history ${count} times, not ${times}`];
  });
}
