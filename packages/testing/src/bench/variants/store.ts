/**
 * Ours without the domain: one operation is one new file, valid only while its path is free. What is measured is the
 * store alone, with as many operations waiting as the bench keeps under way.
 */
import { type Composition, openStore, type Snapshot } from '@gityard/store';

import type { BenchOperation } from '../operation.ts';
import { REF } from '../seed.ts';
import { openCountingTransport } from './counting-transport.ts';
import type { Place, Variant } from './variant.ts';

export async function openStoreVariant({ url, writer }: Place): Promise<Variant> {
  const transport = openCountingTransport(url);
  const author = { name: writer, email: `${writer}@example.org` };
  const compose = (snapshot: Snapshot, operations: readonly BenchOperation[]): Composition<boolean> => ({
    edits: operations.map((operation) => editOf(snapshot, operation)),
    message: `${operations.map(({ id }) => `land ${id}`).join('\n')}\n`,
    author,
    answers: operations.map(() => true),
  });
  const store = openStore({ transport, ref: REF, compose });
  await store.refresh();

  return {
    land: async (operation) => (await store.perform(operation)).answer,
    get lostPushes() {
      return transport.lostPushes;
    },
    async close() {
      await store.close();
      await transport.close();
    },
  };
}

/** The check that stands for a rule of the domain: decided anew on every head. */
function editOf(snapshot: Snapshot, { id, path, text }: BenchOperation) {
  if (snapshot.entry(path)) throw new Error(`${id} is in the branch already: it would land twice`);
  return { path, content: Buffer.from(text) };
}
