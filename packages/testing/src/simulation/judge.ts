/**
 * Looks at every commit of the state as it lands, and at every answer as it is given. Two witnesses: the audit of the
 * domain, and the calls, which know what was asked for and what was answered. Neither knows how a commit comes about.
 */
import { openStore, type Snapshot, type Store, StoreError } from '@gityard/store';
import { Audit, DEFAULT_REFS, predecessorOf, type Yard } from '@gityard/yard';
import type { Call } from './calls.ts';
import { needlessTakeOvers } from './take-overs.ts';
import { type Told, type ToldOperation, toldBy } from './told.ts';
import type { World } from './world.ts';

type Parts = Pick<World, 'timeline' | 'repository' | 'calls' | 'promises' | 'violations'>;

export class Judge {
  takeOvers = 0;
  cuts = 0;
  lastSubject = '';
  readonly audit = new Audit();
  readonly #parts: Parts;
  readonly #reader: Store<never, never>;
  /** Call → the commit that holds it. */
  readonly #landed = new Map<string, string>();
  /** Commit → the calls that it was the answer to, and how many operations it holds. */
  readonly #answers = new Map<string, Set<string>>();
  readonly #sizes = new Map<string, number>();
  #head: string | undefined;
  #snapshot: Snapshot | undefined;
  #movedMs = 0;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#reader = openStore({
      transport: parts.repository.transport,
      ref: DEFAULT_REFS.state,
      predecessorOf,
      compose: () => ({ edits: [], message: '', author: { name: '', email: '' }, answers: [] }),
    });
  }

  /** The files of the state, for who looks for more than the state holds. */
  get files(): Pick<Yard, 'paths' | 'read'> {
    const snapshot = this.#snapshot;
    return {
      paths: (prefix) => Array.from(snapshot?.list(prefix) ?? [], (it) => it.path),
      read: (path) => {
        const entry = snapshot?.entry(path);
        return entry && snapshot?.read(entry.oid);
      },
    };
  }

  /** How long the state has not moved. */
  get quietMs(): number {
    return this.#parts.timeline.nowMs - this.#movedMs;
  }

  async commitLanded(): Promise<void> {
    const { repository, violations, timeline } = this.#parts;
    this.#movedMs = timeline.nowMs;
    const oid = repository.head;
    const object = oid === undefined ? undefined : repository.memory.objects.get(oid);
    if (oid === undefined || !object) return violations.add('head-kept', 'the branch of the state was removed');
    try {
      this.#take(oid, toldBy(object.body), await this.#reader.refresh());
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
      violations.add('history-kept', error.message);
    }
  }

  callEnded(call: Call): void {
    const { violations } = this.#parts;
    const { id, name, ending } = call;
    const landed = this.#landed.get(id);
    if (ending?.kind === 'unclear') return;
    if (ending?.kind === 'applied-before') this.#appliedBefore(call);
    else if (ending?.kind === 'done' && ending.commit !== null) this.#acknowledged(call, ending.commit);
    else if (landed !== undefined)
      violations.add('no-is-no', `${name} ${id} was ${ending?.kind}, and is in the history as ${landed}`);
  }

  #appliedBefore({ request }: Call): void {
    const { calls, violations } = this.#parts;
    const isThere = [...this.#landed.keys()].some((id) => calls.all.get(id)?.request === request);
    if (!isThere) violations.add('ack-kept', `${request} was said to be applied before, and is nowhere`);
  }

  #acknowledged({ id, name, isNamed }: Call, commit: string): void {
    const { violations } = this.#parts;
    const answers = this.#answers.get(commit) ?? new Set();
    this.#answers.set(commit, answers.add(id));
    const size = this.#sizes.get(commit);
    if (size === undefined || (isNamed && this.#landed.get(id) !== commit))
      violations.add('ack-kept', `${name} ${id} was answered with ${commit}, which does not hold it`);
    else if (answers.size > size)
      violations.add('ack-once', `${answers.size} calls were answered with ${commit}, which holds ${size}`);
  }

  #take(oid: string, told: Told, snapshot: Snapshot): void {
    const { violations, promises } = this.#parts;
    const before = this.audit.state;
    if (!this.audit.take({ oid, message: told.message, parents: told.parents }, snapshot)) {
      const { rule = '', text = '' } = this.audit.report().firstViolation ?? {};
      violations.add(rule, `${text} (commit ${oid})`);
    }
    this.#follow(oid, told);
    this.#snapshot = snapshot;
    this.lastSubject = told.message.split('\n', 1)[0] ?? '';
    this.#sizes.set(oid, told.operations.length);
    for (const operation of told.operations) this.#takeCall(oid, operation);

    const takeOvers = told.operations.filter((it) => this.#isTakeOver(it));
    this.takeOvers += takeOvers.length;
    for (const text of needlessTakeOvers(before, takeOvers, promises)) violations.add('needless-take-over', text);
  }

  /** The judge's own look: on the head, or a cut, which keeps the head under another name. */
  #follow(oid: string, { parents, operations }: Told): void {
    const { violations, repository } = this.#parts;
    const before = this.#head;
    this.#head = oid;
    if (before === undefined || operations.length === 0 || parents.join() === before) return;
    const isKept = [...repository.memory.refs.values()].includes(before);
    if (parents.length > 0 || !isKept)
      violations.add('one-parent', `${oid} follows ${parents.join(', ') || 'nothing'}, not ${before}`);
    else this.cuts++;
  }

  #takeCall(oid: string, { operation, call: id, token }: ToldOperation): void {
    const { calls, violations } = this.#parts;
    const call = id === null ? undefined : calls.all.get(id);
    if (!call) return;
    const before = this.#landed.get(call.id);
    this.#landed.set(call.id, oid);
    if (before !== undefined)
      violations.add('call-once', `${operation} ${call.id} is in the history twice, as ${before} and ${oid}`);
    if (call.ending?.kind === 'refused' || call.ending?.kind === 'failed')
      violations.add('no-is-no', `${operation} ${call.id} was ${call.ending.kind}, and landed later as ${oid}`);
    const named = (call.input as { token?: number | null }).token;
    if (typeof named === 'number' && named !== token)
      violations.add(
        'own-token',
        `${operation} ${call.id} was asked for under token ${named}, and done under ${token}`,
      );
  }

  #isTakeOver({ operation, call: id }: ToldOperation): boolean {
    const call = id === null ? undefined : this.#parts.calls.all.get(id);
    return operation === 'requeue' && (call?.input as { returned?: boolean } | undefined)?.returned !== true;
  }
}
