/** For specs: cuts the history of a ledger, the old one kept under a ref of its own and named in a file, as a yard does. */
import { author, type Ledger, openLedger, REF } from './ledger.fixture.ts';
import type { PredecessorOf } from './succession.ts';
import type { MemoryRemote } from './transports/memory.ts';
import type { Transport } from './transports/transport.ts';

const FILE = 'epoch.txt';

export const predecessorOf: PredecessorOf = (first) => {
  const entry = first.entry(FILE);
  const bytes = entry && first.read(entry.oid);
  if (!bytes) return undefined;
  const [ref = '', head = ''] = Buffer.from(bytes).toString().split(' ');
  return { ref, head, file: FILE };
};

export const openFollowing = (transport: Transport): Ledger => openLedger(transport, { predecessorOf });

/** Returns the commit that begins the new history. `more`: a file that is changed on the way. */
export async function cut(remote: MemoryRemote, name: string, more: Readonly<Record<string, string>> = {}) {
  const store = openFollowing(remote.transport());
  const base = await store.refresh();
  const ref = `refs/former/${name}`;
  remote.refs.set(ref, base.commit);
  const files = { [FILE]: `${ref} ${base.commit}`, ...more };
  const edits = Object.entries(files).map(([path, text]) => ({ path, content: Buffer.from(text) }));
  return store.replace(base, { edits, message: `cut ${REF}`, author });
}
