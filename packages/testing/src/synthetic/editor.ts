/** A person who edits a file of the state with an editor, breaks it, and mends it some hours later. Knows no operations. */
import { openStore, type Snapshot, type Store } from '@gityard/store';
import { DEFAULT_REFS, pathOf, predecessorOf } from '@gityard/yard';
import type { Desk } from './desk.ts';

const [HOUR_MS, DAY_MS] = [3_600_000, 86_400_000];
const AUTHOR = { name: 'Eve', email: 'eve@example.com' };
/** Not one on which every build waits. */
const PATH = pathOf('agent', 'arm1');

export async function editing(desk: Desk, everyDays: number): Promise<void> {
  const store: Store<Edit, null> = openStore({
    transport: desk.remote.transport(),
    ref: DEFAULT_REFS.state,
    predecessorOf,
    compose: (snapshot, [edit]) => ({
      edits: edit ? [{ path: PATH, content: edit.contentAt(snapshot) }] : [],
      message: `${edit?.subject}\n`,
      author: AUTHOR,
      answers: [null],
    }),
    ports: desk.ports,
  });
  for (;;) {
    await desk.timeline.sleep(everyDays * DAY_MS);
    let whole: Uint8Array = new Uint8Array();
    const cut = (snapshot: Snapshot): Uint8Array => {
      whole = bytesAt(snapshot);
      return whole.slice(0, -20);
    };
    await store.perform({ subject: 'arm1 gets a label', contentAt: cut });
    await desk.timeline.sleep(3 * HOUR_MS);
    await store.perform({ subject: 'Put arm1 back', contentAt: () => whole });
  }
}

interface Edit {
  readonly subject: string;
  readonly contentAt: (snapshot: Snapshot) => Uint8Array;
}

function bytesAt(snapshot: Snapshot): Uint8Array {
  const entry = snapshot.entry(PATH);
  return (entry && snapshot.read(entry.oid)) ?? new Uint8Array();
}
