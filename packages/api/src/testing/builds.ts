/** Builds of a yard without Git: its operations are those of the domain, its logs and artifacts are given by hand. */
import { createHash, randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { applyChanges, asksForTheSame, find, OPERATIONS, refuseJobOutside, type State } from '@gityard/domain';
import { minutesAfterNoon, noon, world } from '@gityard/domain/spec';
import type { BuildDesk, CommandDesk, LogPiece } from '../desks.ts';
import type { SeenYard } from '../options.ts';

export interface HandBuilds {
  readonly builds: BuildDesk;
  readonly look: () => SeenYard;
  readonly desk: CommandDesk;
  readonly state: State;
  /** In the place of what it was. */
  change(to: (state: State) => State): void;
}

interface Given {
  readonly state?: State;
  readonly log?: readonly LogPiece[];
  /** What lies where the artifact should. */
  readonly bytes?: Buffer;
  readonly link?: string;
}

const KEY = randomBytes(32);
const TRACED = world().yard({ links: { trace: 'https://traces.example/{traceId}' } }).state;
export const artifactOf = (bytes: Buffer, name = 'app.zip') => ({
  ...{ name, path: `out/${name}`, sizeBytes: bytes.length, contentType: 'application/zip', md5: null, sha512: null },
  sha256: createHash('sha256').update(bytes).digest('hex'),
});

export function handBuilds({ state: first = TRACED, log = [], bytes, link }: Given = {}): HandBuilds {
  let state = first;
  let version = 1;
  const change: HandBuilds['change'] = (to) => {
    state = to(state);
    version += 1;
  };
  const perform = <N extends 'submit' | 'cancel' | 'retry' | 'prioritise'>(name: N, input: object) => {
    const decision = OPERATIONS[name](state, input as never);
    if (decision.ok && decision.changes.length > 0) change((it) => applyChanges(it, decision.changes));
    return decision;
  };
  const builds: BuildDesk = {
    find: (id) => find(state.jobs, id, 'build'),
    archived: () => [],
    manifest: (job) => state.manifests.get(job),
    submit: async ({ id, job, by: { name: by, namespaces } }) => {
      const outside = refuseJobOutside(state, job, namespaces);
      if (outside) return { state: 'refused', ...outside };
      const done = perform('submit', { id, job, by, now: noon });
      const known = state.jobs.get(id);
      if (known && (done.ok || asksForTheSame(known, job))) return { state: 'queued', job: known };
      return { state: 'refused', code: 'CONFLICT', reason: done.ok ? '' : done.reason };
    },
    log: async function* (_job, { follow, signal }) {
      yield* log;
      const isOpen = follow && [...state.jobs].some((it) => it.status === 'running');
      if (isOpen) await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
    open: async () => (link !== undefined ? { redirect: link } : bytes && bytesOf(bytes)),
    linkKey: async () => KEY,
  };
  const desk: CommandDesk = {
    prepare:
      (wish, { name: by }) =>
      async () => {
        if (!('op' in wish) || (wish.op !== 'cancel' && wish.op !== 'retry' && wish.op !== 'prioritise'))
          throw new Error('this desk changes builds alone');
        const { target: jobId, args } = wish;
        const input = { jobId, by, reason: args.reason ?? null, priority: args.priority, now: noon };
        const done = perform(wish.op, input);
        return done.ok
          ? { state: 'applied', commit: 'c'.repeat(40) }
          : { state: 'refused', code: done.code, reason: done.reason };
      },
  };
  return {
    builds,
    look: () => ({ state, head: String(version).padStart(40, '0'), live: null, now: minutesAfterNoon(1) }),
    desk,
    change,
    get state() {
      return state;
    },
  };
}

const bytesOf = (bytes: Buffer) => ({
  sizeBytes: bytes.length,
  read: (from: number, to: number) => Readable.from([bytes.subarray(from, from + 3), bytes.subarray(from + 3, to + 1)]),
  close: async () => undefined,
});
