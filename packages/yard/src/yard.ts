/**
 * The meeting point of the domain and the store: load, decide, encode, publish, answer. A face performs operations here by
 * their name and asks views of the state; it never sees a file, a commit or a retry.
 */
import {
  type InputOf,
  OPERATION_CLASS,
  type OperationName,
  type Refused,
  type ResultOf,
  type State,
} from '@gityard/domain';
import { openStore, openTransport, type Snapshot, type Store, type Transport } from '@gityard/store';
import { newBoot } from './ids.ts';
import { DEFAULT_REFS, type Refs, type YardOptions } from './options.ts';
import type { Problem } from './reading/problem.ts';
import { type View, viewOf } from './reading/view.ts';
import { type LiveRef, openLiveRef } from './refs/live.ts';
import { type LogsRef, openLogsRef } from './refs/logs.ts';
import { type Answer, compose, type Operation } from './writing/compose.ts';

export interface Done<Result> {
  readonly ok: true;
  readonly result: Result;
  /** The state commit that holds it; null when nothing had to change. */
  readonly commit: string | null;
}
export type Outcome<Result> = Done<Result> | Refused;

export interface Yard {
  /** For messages; never holds credentials. */
  readonly address: string;
  readonly actor: string;
  readonly boot: string;
  readonly refs: Refs;
  readonly transport: Transport;
  readonly live: LiveRef;
  readonly logs: LogsRef;
  /** The last state that was seen, with the last heartbeats. Throws before the first `refresh`. */
  readonly state: State;
  /** The commit of that state. */
  readonly head: string;
  readonly problems: readonly Problem[];
  /** Looks at the remote; costs one small request when nothing moved. Throws StoreError. */
  refresh(signal?: AbortSignal): Promise<State>;
  /** Refuses or commits, exactly once. Throws StoreError when the remote cannot be reached or trusted. */
  perform<N extends OperationName>(
    name: N,
    input: InputOf<N>,
    options?: { signal?: AbortSignal },
  ): Promise<Outcome<ResultOf<N>>>;
  onChange(listener: () => void): () => void;
  close(): Promise<void>;
}

export function openYard(options: YardOptions): Yard {
  const { actor, boot = newBoot(), refs = DEFAULT_REFS, ports, deadlineMs, groupLimit } = options;
  const transport =
    typeof options.address === 'string' ? openTransport(options.address, { token: options.token }) : options.address;
  const author = { name: actor, email: `${actor}@gityard.invalid` };
  const live = openLiveRef({ transport, ref: refs.live, author, ports, deadlineMs });
  const logs = openLogsRef({ transport, ref: refs.logs, author, ports });

  let view: View | undefined;
  const look = (snapshot: Snapshot): View => {
    view = viewOf(snapshot, view);
    return { ...view, state: { ...view.state, heartbeats: live.heartbeats() } };
  };
  const store: Store<Operation, Answer> = openStore({
    transport,
    ref: refs.state,
    compose: (snapshot, operations) => compose(look(snapshot), operations, { actor, boot, email: author.email }),
    ports,
    deadlineMs,
    groupLimit,
  });
  // Every head that is seen is read at once: the last valid version of a file that breaks later must have been seen.
  store.onMove((snapshot) => void look(snapshot));
  const current = (): View => {
    if (!store.snapshot) throw new Error('the yard was not looked at yet: refresh first');
    return look(store.snapshot);
  };

  return {
    address: transport.name,
    actor,
    boot,
    refs,
    transport,
    live,
    logs,
    get state() {
      return current().state;
    },
    get head() {
      return current().snapshot.commit;
    },
    get problems() {
      return problemsOf(current());
    },
    refresh: async (signal) => look(await store.refresh(signal)).state,
    perform: async (name, input, { signal } = {}) => {
      const { answer, commit } = await store.perform({ name, input }, { signal, priority: OPERATION_CLASS[name] });
      if (!answer.ok) return answer;
      return {
        ok: true,
        result: answer.result as ResultOf<typeof name>,
        commit: answer.changes.length === 0 ? null : commit,
      };
    },
    onChange: (listener) => {
      const stops = [store.onMove(() => listener()), live.onMove(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    close: async () => {
      await Promise.all([store.close(), live.close(), logs.close()]);
      await transport.close();
    },
  };
}

/** Broken entities, and inbox files that nobody can take up as they are. */
function problemsOf({ problems, state }: View): Problem[] {
  const inbox = [...state.queue].flatMap(({ path, blob, problem }): Problem[] =>
    problem ? [{ path, blob, code: 'INVALID_DATA', ...problem }] : [],
  );
  return [...problems.values(), ...inbox];
}
