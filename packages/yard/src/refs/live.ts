/**
 * The live ref: heartbeats and the read model, always one parentless commit replaced by compare-and-swap, so that it never
 * grows. Each agent owns one file of it; the read model is whoever beat last's. Losing it loses nothing that is durable.
 */
import { type Heartbeat, type ReadModel, readModelFrom, Table, validate } from '@gityard/domain';
import {
  AT_ONCE,
  type Composition,
  type Edit,
  openStore,
  type Ports,
  type PushBudget,
  RIDES,
  type Snapshot,
  type Store,
  type StoreCounters,
  type Transport,
} from '@gityard/store';
import { heartbeatPathOf, READ_MODEL_PATH } from '../files/paths.ts';
import { readJson } from '../reading/read-json.ts';
import { canonicalBytes } from '../writing/canonical-json.ts';
import { orBegin } from './or-begin.ts';

/** What one agent puts on the live ref. The model is made from the heartbeats that will stand beside it. */
export interface Beat {
  /** Made when it is about to be sent, and anew when somebody else was faster: it may have waited for its push. */
  readonly heartbeat: (() => Heartbeat | Promise<Heartbeat>) | null;
  readonly model: (heartbeats: Table<Heartbeat>, sequence: number) => ReadModel | null;
}

export interface BeatOptions {
  readonly signal?: AbortSignal;
  /** As of operations; `rides`: together with the next push of the state, or not at all; `at-once`: whatever the budget says. */
  readonly priority?: number | 'rides' | 'at-once';
}

export interface LiveRef {
  heartbeats(): Table<Heartbeat>;
  model(): ReadModel | undefined;
  /** All files as they were last seen; undefined before that, and where there is no such ref. */
  readonly snapshot: Snapshot | undefined;
  refresh(signal?: AbortSignal): Promise<void>;
  /** Resolves with the heartbeat that stands on the remote. */
  beat(beat: Beat, options?: BeatOptions): Promise<Heartbeat | null>;
  onMove(listener: () => void): () => void;
  readonly counters: StoreCounters;
  close(): Promise<void>;
}

export interface LiveOptions {
  readonly transport: Transport;
  readonly ref: string;
  readonly author: { name: string; email: string };
  readonly ports?: Ports;
  readonly budget?: PushBudget;
  readonly deadlineMs?: number;
}

/** Of signs of life, among the classes of operations. */
const BEAT_PRIORITY = 2;

export function openLiveRef({ transport, ref, author, ports, budget, deadlineMs }: LiveOptions): LiveRef {
  let contents: Contents = NOTHING;
  const compose = async (snapshot: Snapshot, beats: readonly Beat[]): Promise<Composition<Heartbeat | null>> => {
    const said = await Promise.all(beats.map(saidOf));
    const known = contentsOf(snapshot, contents);
    const edits = [...strangers(snapshot), ...said.flatMap((it) => editsOf(it, withAll(known, said)))];
    return { edits, message: `beat of ${author.name} [skip ci]\n`, author, answers: said.map((it) => it.heartbeat) };
  };
  // Where a commit cannot be replaced this ref is an ordinary branch that grows; still, nothing depends on its past.
  const history = transport.can?.replace === false ? 'loose' : 'none';
  const options = { transport, ref, compose, history, ports, budget, deadlineMs } as const;
  const store: Store<Beat, Heartbeat | null> = openStore(options);
  store.onMove((snapshot) => {
    contents = contentsOf(snapshot, contents);
  });
  return {
    heartbeats: () => contents.heartbeats,
    model: () => contents.model,
    get snapshot() {
      return store.snapshot;
    },
    refresh: async (signal) => void (await store.refresh(signal)),
    beat: (beat, options = {}) => beatOrCreate(store, beat, author, options),
    onMove: (listener) => store.onMove(() => listener()),
    get counters() {
      return store.counters;
    },
    close: () => store.close(),
  };
}

/** What a slip of the hand left here would be carried from beat to beat for ever. */
const strangers = (snapshot: Snapshot): Edit[] =>
  Array.from(snapshot.list(), ({ path }) => path)
    .filter((it) => !it.startsWith('heartbeats/') && it !== READ_MODEL_PATH && it !== 'README.md')
    .map((path) => ({ path, content: null }));

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

interface Said {
  readonly heartbeat: Heartbeat | null;
  readonly model: Beat['model'];
}

const saidOf = async ({ heartbeat, model }: Beat): Promise<Said> => ({
  heartbeat: (await heartbeat?.()) ?? null,
  model,
});

/** Beats that share a commit are all seen by the models among them. */
function withAll(contents: Contents, said: readonly Said[]): Contents {
  const beats = said.flatMap(({ heartbeat }) => (heartbeat ? [[heartbeat.agent, heartbeat] as const] : []));
  return { ...contents, heartbeats: contents.heartbeats.withAll(beats) };
}

function editsOf({ heartbeat, model: modelOf }: Said, { heartbeats, model }: Contents): Edit[] {
  const made = modelOf(heartbeats, (model?.sequence ?? 0) + 1);
  const own = heartbeat ? [{ path: heartbeatPathOf(heartbeat.agent), content: canonicalBytes(heartbeat) }] : [];
  return made ? [...own, { path: READ_MODEL_PATH, content: canonicalBytes(made) }] : own;
}

async function beatOrCreate(
  store: Store<Beat, Heartbeat | null>,
  beat: Beat,
  author: LiveOptions['author'],
  { signal, priority = BEAT_PRIORITY }: BeatOptions,
): Promise<Heartbeat | null> {
  if (priority === 'rides') return (await store.perform(beat, { signal, priority: RIDES })).answer;
  return orBegin(
    async () => (await store.perform(beat, { signal, priority: priority === 'at-once' ? AT_ONCE : priority })).answer,
    async () => {
      const said = await saidOf(beat);
      await store.create({ edits: editsOf(said, withAll(NOTHING, [said])), message: `begin the live ref\n`, author });
      return said.heartbeat;
    },
  );
}
