/** A person who edits a file of the state with an editor, breaks it, and mends it some hours later. Knows no operations. */
import { openStore, type Snapshot, type Store } from '@gityard/store';
import { DEFAULT_REFS, pathOf, predecessorOf } from '@gityard/yard';
import type { Desk } from './desk.ts';

const AUTHOR = { name: 'Eve', email: 'eve@example.com' };
/** Not one on which every build waits. */
const PATH = pathOf('agent', 'arm1');

export async function editing(desk: Desk, { everyMs, forMs }: Editing): Promise<void> {
  const store = storeByHand(desk);
  for (;;) {
    await desk.clock.sleep(everyMs);
    let whole: Uint8Array = new Uint8Array();
    const cut = (snapshot: Snapshot): Uint8Array => {
      whole = bytesAt(snapshot);
      return whole.slice(0, -20);
    };
    await store.perform({ path: PATH, subject: 'arm1 gets a label', contentAt: cut });
    await desk.clock.sleep(forMs);
    await store.perform({ path: PATH, subject: 'Put arm1 back', contentAt: () => whole });
  }
}

/** Something that a person leaves in the inbox, and that no program understands. */
export async function mistyping(desk: Desk): Promise<void> {
  const content = new TextEncoder().encode('{ "repo": "https://git.example/acme/console", "branch": "main", }\n');
  await storeByHand(desk).perform({
    path: 'queue/nightly.json',
    subject: 'build it each night',
    contentAt: () => content,
  });
}

export interface Editing {
  readonly everyMs: number;
  /** How long it stays broken. */
  readonly forMs: number;
}

function storeByHand(desk: Desk): Store<Edit, null> {
  return openStore({
    transport: desk.transport(),
    ref: DEFAULT_REFS.state,
    predecessorOf,
    compose: (snapshot, [edit]) => ({
      edits: edit ? [{ path: edit.path, content: edit.contentAt(snapshot) }] : [],
      message: `${edit?.subject}\n`,
      author: AUTHOR,
      answers: [null],
    }),
    ports: desk.ports,
  });
}

interface Edit {
  readonly path: string;
  readonly subject: string;
  readonly contentAt: (snapshot: Snapshot) => Uint8Array;
}

function bytesAt(snapshot: Snapshot): Uint8Array {
  const entry = snapshot.entry(PATH);
  return (entry && snapshot.read(entry.oid)) ?? new Uint8Array();
}
