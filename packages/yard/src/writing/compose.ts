/**
 * Decides operations one after another on exactly one state, and turns what was accepted into one commit. Run again on
 * every new head, so it keeps nothing between two runs.
 */
import {
  type Accepted,
  type Actor,
  applyChanges,
  type Change,
  type CommandWish,
  type InputOf,
  newerSchema,
  OPERATIONS,
  type OperationName,
  type Refused,
  refuse,
  refuseBroken,
  refuseJobOutside,
  refuseOutside,
  type State,
  unlikeExpected,
} from '@gityard/domain';
import type { Composition } from '@gityard/store';
import type { View } from '../reading/view.ts';
import { commitMessage, type Told } from './commit-message.ts';
import { brokenTarget, encodeChanges, unreadableTarget } from './encode-changes.ts';
import { answerBefore, type Receipt, receiptsWith } from './receipts.ts';

export interface Operation<N extends OperationName = OperationName> {
  readonly name: N;
  readonly input: InputOf<N>;
  /** Who asked for it, where that is not the actor who writes it: of a page, the API, a comment. */
  readonly by?: string | undefined;
  /** What a person gave as the reason, for operations that keep none of their own. */
  readonly reason?: string | null | undefined;
  /** Rules of the scanner whose finds are no secrets, says the writer. */
  readonly allowSecrets?: readonly string[] | undefined;
  /** The command that asked for it: done only while its target is as that expects. */
  readonly wish?: CommandWish | undefined;
  /** Namespaces for which the word of the one who asks goes: commands and new jobs of others are refused. None means all. */
  readonly within?: readonly string[] | undefined;
  /** Done once, whoever asks for it how often. */
  readonly receipt?: Receipt | undefined;
}
export type Answer = Accepted<unknown> | Refused;

/** What each name means. */
export type Operations = typeof OPERATIONS;

/** Somebody for whom we write: a spool that outlives processes, or an agent whose relay we are. */
export interface Asker {
  readonly actor: string;
  readonly boot: string;
  /** Rises with each request of this boot. The next one is not asked for before this one was answered. */
  readonly request: number;
}

/** Operations in their order, for one commit. With an asker they are applied once, however often they come. */
export interface Request {
  readonly operations: readonly Operation[];
  readonly from?: Asker | undefined;
}

export interface Reply {
  /** One for each operation, unless `appliedBefore`. */
  readonly answers: readonly Answer[];
  /** They stand in the history already, under the same number. What was answered then is not known any more. */
  readonly appliedBefore: boolean;
}

export interface Writer {
  readonly actor: string;
  readonly boot: string;
  readonly email: string;
  readonly operations?: Operations | undefined;
}

/** An operation that was looked at for secrets. */
export interface Screened {
  /** As it may be written. */
  readonly operation: Operation;
  readonly refused?: Refused;
  /** Rules that found something which the writer says is none: it goes into the history as part of the reason. */
  readonly allowed: readonly string[];
  /** What is wrong with the file of the inbox that it takes up. */
  readonly fileProblem?: { readonly reason: string; readonly line: number | null };
}

export type Screening = (operation: Operation) => Screened;

export function compose(
  view: View,
  requests: readonly Request[],
  writer: Writer,
  screening: Screening,
): Composition<Reply> {
  const composing = new Composing(view.state, screening);
  const { operations } = writer;
  const answers = requests.map((it) => composing.take(it, it.from ? { ...it.from, operations } : writer));
  const author = { name: writer.actor, email: writer.email };
  const { told, changes } = composing;
  if (told.length === 0) return { edits: [], message: '', author, answers };
  return { edits: encodeChanges(view, changes), message: commitMessage(told), author, answers };
}

/** Who an operation is counted under. */
type Counted = Pick<Writer, 'actor' | 'boot' | 'operations'> & { readonly request?: number };

class Composing {
  readonly told: Told[] = [];
  readonly changes: Change[] = [];
  private state: State;
  private readonly screening: Screening;

  constructor(state: State, screening: Screening) {
    this.state = state;
    this.screening = screening;
  }

  take({ operations }: Request, by: Counted): Reply {
    if (isApplied(this.state, by)) return { answers: [], appliedBefore: true };
    const answers = operations.map((operation) => this.decide(operation, by));
    this.noteRefused(answers, by);
    return { answers, appliedBefore: false };
  }

  /** Beside the number of the request: whoever has to ask again after a lost answer learns which of it were not applied. */
  private noteRefused(answers: readonly Answer[], by: Counted): void {
    const refused = answers.flatMap((it, at) => (it.ok ? [] : [{ at, code: it.code }]));
    const value = this.state.actors.get(by.actor);
    if (refused.length === 0 || !value || !isApplied(this.state, by)) return;
    const change: Change = { kind: 'actor', id: by.actor, value: { ...value, refused } };
    this.state = applyChanges(this.state, [change]);
    this.changes.push(change);
  }

  private decide(asked: Operation, by: Counted): Answer {
    const before = asked.receipt && answerBefore(this.state, asked.receipt);
    if (before) return before;
    const { operation, refused, allowed, fileProblem } = this.screening(asked);
    const answer = decide(fileProblem ? withProblem(this.state, operation, fileProblem) : this.state, operation, by);
    if (!answer.ok || answer.changes.length === 0) return answer;
    if (refused) return refused;
    const number = (this.state.actors.get(by.actor)?.operations ?? 0) + 1;
    const changes = [...answer.changes, counterOf(this.state, by, { operations: number, receipt: asked.receipt })];
    this.state = applyChanges(this.state, changes);
    this.changes.push(...changes);
    this.told.push({
      operation: operation.name,
      summary: answer.summary,
      subject: {
        ...answer.subject,
        by: answer.subject.by ?? operation.by,
        reason: reasonOf(answer.subject.reason ?? operation.reason ?? null, allowed),
      },
      transaction: `${by.actor}.${by.boot}.${number}`,
    });
    return answer;
  }
}

/** Whoever let something pass that looks like a secret is to be found in the history. */
function reasonOf(reason: string | null, allowed: readonly string[]): string | null {
  if (allowed.length === 0) return reason;
  return `no secret, though it looks like one (${allowed.join(', ')}): ${reason ?? 'no reason given'}`;
}

function withProblem(state: State, { input }: Operation, problem: NonNullable<Screened['fileProblem']>): State {
  const { path } = input as InputOf<'take-up'>;
  const file = state.queue.get(path);
  return file ? { ...state, queue: state.queue.with(path, { ...file, problem }) } : state;
}

function isApplied({ actors, agents }: State, { actor, boot, request }: Counted): boolean {
  const known = actors.get(actor);
  if (request === undefined || !known) return false;
  if (known.boot === boot) return (known.request ?? 0) >= request;
  // An agent has one life at a time: what a relay still had of an earlier one is over, applied or not.
  return agents.has(actor) && (known.formerBoots ?? []).includes(boot);
}

const MOST_FORMER = 8;

function formerBootsOf(before: Actor | undefined, boot: string): Pick<Actor, 'formerBoots'> {
  const { formerBoots = [] } = before ?? {};
  const isOver = before?.request !== undefined && before.boot !== boot;
  const all = isOver ? [before.boot, ...formerBoots].slice(0, MOST_FORMER) : formerBoots;
  return all.length > 0 ? { formerBoots: all } : {};
}

/** What the same life asked for last by number stays known when it also writes without: a late copy may still come. */
function counterOf(
  { actors, agents }: State,
  { actor, boot, request }: Counted,
  { operations, receipt }: { readonly operations: number; readonly receipt?: Receipt | undefined },
): Change {
  const before = actors.get(actor);
  const { request: _request, refused: _refused, ...known } = before ?? {};
  const same = request === undefined && before?.boot === boot ? before : undefined;
  const last = request ?? same?.request;
  const value = {
    ...known,
    schemaVersion: 1,
    id: actor,
    operations,
    boot,
    ...(agents.has(actor) && formerBootsOf(before, boot)),
    ...(last !== undefined && { request: last }),
    ...(same?.refused && { refused: same.refused }),
    ...(receipt && { receipts: receiptsWith(receipt, before) }),
  };
  return { kind: 'actor', id: actor, value };
}

function refuseOthers(state: State, { name, input, wish, within = [] }: Operation): Refused | undefined {
  if (wish) return refuseOutside(state, wish, within);
  return name === 'submit' ? refuseJobOutside(state, (input as InputOf<'submit'>).job, within) : undefined;
}

/** One operation alone, with all that keeps it from being written. */
export function decide(state: State, operation: Operation, by: Counted): Answer {
  const newer = newerSchema(state);
  if (newer) return newer;
  const unlike = operation.wish && unlikeExpected(state, operation.wish);
  if (unlike) return unlike;
  const outside = refuseOthers(state, operation);
  if (outside) return outside;

  const { operations = OPERATIONS } = by;
  const decideOne = operations[operation.name] as (state: State, input: unknown) => Answer;
  const answer = decideOne(state, operation.input);
  if (!answer.ok || answer.changes.length === 0) return answer;
  // After its own changes: a file that this very operation restores may be written by it.
  const written = [...answer.changes, counterOf(state, by, { operations: 0 })];
  const broken = brokenTarget(written, applyChanges(state, answer.changes));
  if (broken) return refuseBroken(broken);
  const unreadable = unreadableTarget(answer.changes);
  return unreadable ? refuse('INVALID_DATA', unreadable.why, [unreadable.path]) : answer;
}
