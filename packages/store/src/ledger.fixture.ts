/** A tiny database for the store's specs: each operation adds a line to a ledger, which no two may do at once unseen. */

import type { Snapshot } from './snapshot.ts';
import { openStore, type Store, type StoreOptions } from './store.ts';
import type { Compose } from './transacting.ts';
import type { MemoryRemote } from './transports/memory.ts';
import type { Transport } from './transports/transport.ts';

export const REF = 'refs/heads/yard';
export const author = { name: 'Ada', email: 'ada@example.com' };

/** `only`: refused unless this entry is in the ledger already. */
export interface Entry {
  readonly id: string;
  readonly only?: string;
}

export type Ledger = Store<Entry, 'added' | 'refused'>;

const compose: Compose<Entry, 'added' | 'refused'> = (snapshot, entries) => {
  const lines = linesOf(snapshot);
  const answers = entries.map(({ id, only }) => {
    if (id === 'bad') throw new Error('a bug in this operation');
    if (only !== undefined && !lines.includes(only)) return 'refused';
    lines.push(id);
    return 'added';
  });
  const edits = answers.includes('added') ? [{ path: 'ledger/lines.txt', content: Buffer.from(lines.join('\n')) }] : [];
  return { edits, message: `add ${entries.map((it) => it.id).join(' ')}`, author, answers };
};

export function openLedger(
  transport: Transport,
  options: Partial<StoreOptions<Entry, 'added' | 'refused'>> = {},
): Ledger {
  return openStore({ transport, ref: REF, compose, ...options });
}

/** A ledger with a ref that exists, and nothing in it. */
export async function newLedger(
  remote: MemoryRemote,
  options: Partial<StoreOptions<Entry, 'added' | 'refused'>> = {},
): Promise<Ledger> {
  const ledger = openLedger(remote.transport(), options);
  await ledger.create({ edits: [{ path: 'ledger/lines.txt', content: Buffer.from('') }], message: 'begin', author });
  return ledger;
}

export function linesOf(snapshot: Snapshot | undefined): string[] {
  return textAt(snapshot, 'ledger/lines.txt')?.split('\n').filter(Boolean) ?? [];
}

export function textAt(snapshot: Snapshot | undefined, path: string): string | undefined {
  const entry = snapshot?.entry(path);
  const bytes = entry && snapshot?.read(entry.oid);
  return bytes && Buffer.from(bytes).toString();
}

export function ids(count: number, prefix = ''): string[] {
  return Array.from({ length: count }, (_, index) => `${prefix}${index}`);
}

export async function oneByOne<T>(items: readonly T[], work: (item: T) => Promise<unknown>): Promise<void> {
  for (const item of items) await work(item);
}
