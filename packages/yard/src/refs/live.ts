/**
 * The live ref: heartbeats and the read model, always one parentless commit replaced by compare-and-swap, so that it never
 * grows. Each agent owns one file of it; the read model is whoever beat last's. Losing it loses nothing that is durable.
 */
import { type Heartbeat, type ReadModel, readModelFrom, Table, validate } from '@gityard/domain';
import {
  type Composition,
  type Edit,
  openStore,
  type Ports,
  type Snapshot,
  type Store,
  StoreError,
  type Transport,
} from '@gityard/store';
import { heartbeatPathOf, READ_MODEL_PATH } from '../files/paths.ts';
import { readJson } from '../reading/read-json.ts';
import { canonicalBytes } from '../writing/canonical-json.ts';

/** What one agent puts on the live ref. The model is made from the heartbeats that will stand beside it. */
export interface Beat {
  readonly heartbeat: Heartbeat | null;
  readonly model: (heartbeats: Table<Heartbeat>, sequence: number) => ReadModel | null;
}

export interface LiveRef {
  heartbeats(): Table<Heartbeat>;
  model(): ReadModel | undefined;
  refresh(signal?: AbortSignal): Promise<void>;
  /** Resolves when the beat stands on the remote. */
  beat(beat: Beat, signal?: AbortSignal): Promise<void>;
  onMove(listener: () => void): () => void;
  close(): Promise<void>;
}

export interface LiveOptions {
  readonly transport: Transport;
  readonly ref: string;
  readonly author: { name: string; email: string };
  readonly ports?: Ports;
  readonly deadlineMs?: number;
}

export function openLiveRef({ transport, ref, author, ports, deadlineMs }: LiveOptions): LiveRef {
  let contents: Contents = NOTHING;
  const compose = (snapshot: Snapshot, beats: readonly Beat[]): Composition<null> => {
    const known = contentsOf(snapshot, contents);
    const heartbeats = withAll(known.heartbeats, beats);
    const edits = beats.flatMap((beat) => editsOf(beat, { ...known, heartbeats }));
    return { edits, message: `beat of ${author.name} [skip ci]\n`, author, answers: beats.map(() => null) };
  };
  // Where a commit cannot be replaced this ref is an ordinary branch that grows; still, nothing depends on its past.
  const history = transport.can?.replace === false ? 'loose' : 'none';
  const store: Store<Beat, null> = openStore({ transport, ref, compose, history, ports, deadlineMs });
  store.onMove((snapshot) => {
    contents = contentsOf(snapshot, contents);
  });
  return {
    heartbeats: () => contents.heartbeats,
    model: () => contents.model,
    refresh: async (signal) => void (await store.refresh(signal)),
    beat: (beat, signal) => beatOrCreate(store, beat, author, signal),
    onMove: (listener) => store.onMove(() => listener()),
    close: () => store.close(),
  };
}

interface Contents {
  readonly tree: string;
  readonly heartbeats: Table<Heartbeat>;
  readonly model: ReadModel | undefined;
}
const NOTHING: Contents = { tree: '', heartbeats: Table.empty, model: undefined };

/** Everything on this ref is small and replaced often, so it is read whole whenever it moved. */
function contentsOf(snapshot: Snapshot, known: Contents): Contents {
  if (known.tree === snapshot.tree) return known;
  const heartbeats: [string, Heartbeat][] = [];
  let model: ReadModel | undefined;
  for (const { path, oid } of snapshot.list()) {
    const read = readJson(snapshot.read(oid) ?? new Uint8Array());
    if (!read.ok) continue;
    if (path === READ_MODEL_PATH) model = valid(readModelFrom(read.value));
    const heartbeat = path.startsWith('heartbeats/') ? valid(validate('heartbeat', read.value)) : undefined;
    if (heartbeat && path === heartbeatPathOf(heartbeat.agent)) heartbeats.push([heartbeat.agent, heartbeat]);
  }
  return { tree: snapshot.tree, heartbeats: Table.of(heartbeats), model };
}

const valid = <T>(checked: { ok: true; value: T } | { ok: false }): T | undefined =>
  checked.ok ? checked.value : undefined;

/** Beats that share a commit are all seen by the models among them. */
const withAll = (heartbeats: Table<Heartbeat>, beats: readonly Beat[]): Table<Heartbeat> =>
  heartbeats.withAll(beats.flatMap(({ heartbeat }) => (heartbeat ? [[heartbeat.agent, heartbeat] as const] : [])));

function editsOf({ heartbeat, model: modelOf }: Beat, { heartbeats, model }: Contents): Edit[] {
  const made = modelOf(heartbeats, (model?.sequence ?? 0) + 1);
  const own = heartbeat ? [{ path: heartbeatPathOf(heartbeat.agent), content: canonicalBytes(heartbeat) }] : [];
  return made ? [...own, { path: READ_MODEL_PATH, content: canonicalBytes(made) }] : own;
}

/** Unlike the state, this ref may be made again when someone removed it: all of it is derived. */
async function beatOrCreate(
  store: Store<Beat, null>,
  beat: Beat,
  author: LiveOptions['author'],
  signal?: AbortSignal,
): Promise<void> {
  try {
    await store.perform(beat, { signal });
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'BRANCH_MISSING') throw error;
    const edits = editsOf(beat, { ...NOTHING, heartbeats: withAll(NOTHING.heartbeats, [beat]) });
    await store.create({ edits, message: `begin the live ref\n`, author });
  }
}
