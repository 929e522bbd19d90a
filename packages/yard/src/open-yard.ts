/**
 * The meeting point of the domain and the store: load, decide, encode, publish, answer. A face performs operations here by
 * their name and asks views of the state; it never sees a file, a commit or a retry.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type Accepted, OPERATION_CLASS, type Refused, type ResultOf, type State, toTime } from '@gityard/domain';
import { type LocalObjects, openLocalObjects, openStore, type Snapshot, type Store } from '@gityard/store';
import { traced } from '@gityard/telemetry';
import { predecessorOf } from './compact/epochs.ts';
import { newBoot } from './ids.ts';
import { DEFAULT_REFS, type YardOptions } from './options.ts';
import { suppose } from './proposal/suppose.ts';
import { type View, viewOf } from './reading/view.ts';
import { lacksPast, withPast } from './reading/with-past.ts';
import { openLiveRef } from './refs/live.ts';
import { openLogsRef } from './refs/logs.ts';
import { openRemote } from './remote.ts';
import { screen } from './secrets/screen.ts';
import { screenAll } from './secrets/screen-all.ts';
import { operationSpan, outcomeFacts } from './traces/operation-span.ts';
import { type Answer, compose, decide, type Reply, type Request } from './writing/compose.ts';

import type { Outcome, Yard } from './yard.ts';

function outcomes({ answers }: Reply, commit: string | null): Outcome<unknown>[] {
  return answers.map((it: Answer) =>
    it.ok ? { ok: true, result: it.result, commit: it.changes.length === 0 ? null : commit } : it,
  );
}

export function openYard(options: YardOptions): Yard {
  const { actor, boot = newBoot(), refs = DEFAULT_REFS, deadlineMs, groupLimit, operations } = options;
  const remote = openRemote(options);
  const { transport, ports, budget } = remote;
  const author = { name: actor, email: `${actor}@gityard.invalid` };
  const writer = { actor, boot, email: author.email, operations };
  const local = localOf(options, transport.name);
  // Apart, because logs are large, and a start that reads its copy whole needs none of them.
  const localLogs = localOf(options, `${transport.name} logs`);
  const live = openLiveRef({ transport, ref: refs.live, author, ports, budget, deadlineMs });
  const logs = openLogsRef({ transport, ref: refs.logs, author, ports, budget, local: localLogs });

  const lookedBack = new Set<() => void>();
  let view: View | undefined;
  const look = (snapshot: Snapshot): View => {
    view = viewOf(snapshot, view, options.versions);
    return view;
  };
  /** What is decided on: also files that broke before we looked have their last valid version in force. */
  const lookBack = async (snapshot: Snapshot, signal?: AbortSignal): Promise<View> => {
    const seen = look(snapshot);
    if (!lacksPast(seen)) return seen;
    const known = await withPast(seen, { transport, ref: refs.state, signal });
    if (view !== seen) return known;
    view = known;
    for (const listener of lookedBack) listener();
    return known;
  };
  const alive = ({ state }: View): State => ({ ...state, heartbeats: live.heartbeats() });
  const store: Store<Request, Reply> = openStore({
    transport,
    ref: refs.state,
    predecessorOf,
    compose: async (snapshot, requests) => {
      const known = await lookBack(snapshot);
      const screening = await screenAll(requests, known);
      return compose({ ...known, state: alive(known) }, requests, writer, screening);
    },
    ports,
    budget,
    deadlineMs,
    groupLimit,
    local,
  });
  // Every head that is seen is read at once, so that a file which breaks later is mostly known from before.
  store.onMove((snapshot) => remote.follow(alive(look(snapshot))));
  live.onMove(() => view && remote.follow(alive(view)));
  const current = (): View => {
    if (!store.snapshot) throw new Error('the yard was not looked at yet: refresh first');
    return look(store.snapshot);
  };

  const performTraced: typeof store.perform = (request, performing) =>
    traced(
      () => operationSpan({ operations: request.operations, state: view?.state }),
      async (span) => {
        const lostBefore = store.counters.conflicts;
        const committed = await store.perform(request, performing);
        const retries = store.counters.conflicts - lostBefore;
        span.note(outcomeFacts(committed.answer, committed.commit, retries));
        options.onPerformed?.({ operations: request.operations, ...committed, retries });
        return committed;
      },
    );

  return {
    address: transport.name,
    actor,
    boot,
    refs,
    transport,
    live,
    logs,
    shared: remote.shared,
    pushFor: (agents) => {
      remote.pushFor(agents);
      remote.follow(alive(current()));
    },
    connection: () => remote.connection(alive(current())),
    counters: () => ({ state: store.counters, live: live.counters, logs: logs.counters }),
    nextPushInMs: remote.nextPushInMs,
    pushNow: remote.pushNow,
    now: () => toTime(ports.wallMs()),
    get state() {
      return alive(current());
    },
    get head() {
      return current().snapshot.commit;
    },
    get snapshot() {
      return current().snapshot;
    },
    read: (path) => {
      const { snapshot } = current();
      const entry = snapshot.entry(path);
      return entry && snapshot.read(entry.oid);
    },
    paths: (prefix) => Array.from(current().snapshot.list(prefix), (it) => it.path),
    refresh: async (signal) => alive(await lookBack(await store.refresh(signal), signal)),
    perform: async (name, input, { signal, ...said } = {}) => {
      const request = { operations: [{ name, input, ...said }] };
      const { answer, commit } = await performTraced(request, { signal, priority: OPERATION_CLASS[name] });
      const [outcome] = outcomes(answer, commit);
      assert(outcome, 'each operation is answered');
      return outcome as Outcome<ResultOf<typeof name>>;
    },
    performFor: async (from, operations, { signal } = {}) => {
      const priority = Math.min(...operations.map((it) => OPERATION_CLASS[it.name]));
      const { answer, commit } = await performTraced({ operations, from }, { signal, priority });
      return answer.appliedBefore ? 'applied-before' : outcomes(answer, commit);
    },
    foretell: (name, input) => {
      const state = alive(current());
      return decide(state, { name, input }, writer) as Accepted<never> | Refused;
    },
    suppose: (files) => {
      const seen = current();
      return suppose({ ...seen, state: alive(seen) }, files, toTime(ports.wallMs()));
    },
    screen: async (operation) => (await screen(operation)).refused,
    onChange: (listener) => {
      lookedBack.add(listener);
      const stops = [store.onMove(() => listener()), live.onMove(listener), () => lookedBack.delete(listener)];
      return () => {
        for (const stop of stops) stop();
      };
    },
    close: async () => {
      await Promise.all([store.close(), live.close(), logs.close()]);
      await Promise.all([local?.close(), localLogs?.close()]);
      await transport.close();
    },
  };
}

/** Of what has a history; the live ref has none, and is fetched whole. */
function localOf({ home, acceptRewrite, onLocal }: YardOptions, remote: string): LocalObjects | undefined {
  if (home === undefined) return undefined;
  const folder = join(home, 'objects');
  return openLocalObjects({ folder, remote, acceptsRewrite: acceptRewrite, tell: onLocal });
}
