/** How often an operation is in the history of a world. */
import { toldBy } from '../simulation/told.ts';
import type { World } from '../simulation/world.ts';

export function countOf({ repository }: World, operation: string): number {
  let count = 0;
  for (let oid = repository.head; oid !== undefined; ) {
    const object = repository.memory.objects.get(oid);
    if (!object) break;
    const { operations, parents } = toldBy(object.body);
    count += operations.filter((it) => it.operation === operation).length;
    oid = parents[0];
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
