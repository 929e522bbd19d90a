/** Looks at all operations of a commit, each once: what is decided again on another head is what was looked at before. */
import assert from 'node:assert/strict';
import type { View } from '../reading/view.ts';
import type { Operation, Request, Screened, Screening } from '../writing/compose.ts';
import { screen } from './screen.ts';

const known = new WeakMap<Operation, Screened>();

export async function screenAll(requests: readonly Request[], view: View): Promise<Screening> {
  const operations = requests.flatMap((it) => it.operations);
  const screened = new Map(await Promise.all(operations.map(async (it) => [it, await once(it, view)] as const)));
  return (operation) => {
    const found = screened.get(operation);
    assert(found, 'each operation was looked at');
    return found;
  };
}

async function once(operation: Operation, view: View): Promise<Screened> {
  // What a file of the inbox says is known by the head.
  if (operation.name === 'take-up') return screen(operation, view);
  const found = known.get(operation) ?? (await screen(operation));
  known.set(operation, found);
  return found;
}
