/**
 * Decides operations one after another on exactly one state, and turns what was accepted into one commit. Run again on
 * every new head, so it keeps nothing between two runs.
 */
import {
  type Accepted,
  applyChanges,
  type Change,
  type InputOf,
  newerSchema,
  OPERATIONS,
  type OperationName,
  type Refused,
  refuse,
  refuseBroken,
  type State,
} from '@gityard/domain';
import type { Composition } from '@gityard/store';
import { FILE_LIMIT_BYTES } from '../reading/read-json.ts';
import type { View } from '../reading/view.ts';
import { commitMessage, type Told } from './commit-message.ts';
import { brokenTarget, encodeChanges, overlongTarget } from './encode-changes.ts';

export interface Operation<N extends OperationName = OperationName> {
  readonly name: N;
  readonly input: InputOf<N>;
  /** What a person gave as the reason, for operations that keep none of their own. */
  readonly reason?: string | null | undefined;
}
export type Answer = Accepted<unknown> | Refused;

/** What each name means. */
export type Operations = typeof OPERATIONS;

export interface Writer {
  readonly actor: string;
  readonly boot: string;
  readonly email: string;
  readonly operations?: Operations | undefined;
}

export function compose(view: View, operations: readonly Operation[], writer: Writer): Composition<Answer> {
  const changes: Change[] = [];
  const told: Told[] = [];
  const answers: Answer[] = [];
  let state = view.state;
  let number = state.actors.get(writer.actor)?.operations ?? 0;
  for (const operation of operations) {
    const answer = decide(state, operation, writer);
    answers.push(answer);
    if (!answer.ok || answer.changes.length === 0) continue;
    number++;
    state = applyChanges(state, answer.changes);
    changes.push(...answer.changes);
    told.push({
      operation: operation.name,
      summary: answer.summary,
      subject: { ...answer.subject, reason: answer.subject.reason ?? operation.reason ?? null },
      transaction: `${writer.actor}.${writer.boot}.${number}`,
    });
  }
  const author = { name: writer.actor, email: writer.email };
  if (told.length === 0) return { edits: [], message: '', author, answers };
  const edits = encodeChanges(view, [...changes, counterOf(view.state, writer, number)]);
  return { edits, message: commitMessage(told), author, answers };
}

function counterOf({ actors }: State, { actor, boot }: Writer, operations: number): Change {
  return { kind: 'actor', id: actor, value: { ...actors.get(actor), schemaVersion: 1, id: actor, operations, boot } };
}

/** One operation alone, with all that keeps it from being written. */
export function decide(state: State, operation: Operation, writer: Writer): Answer {
  const newer = newerSchema(state);
  if (newer) return newer;

  const { operations = OPERATIONS } = writer;
  const decideOne = operations[operation.name] as (state: State, input: unknown) => Answer;
  const answer = decideOne(state, operation.input);
  if (!answer.ok || answer.changes.length === 0) return answer;
  // After its own changes: a file that this very operation restores may be written by it.
  const written = [...answer.changes, counterOf(state, writer, 0)];
  const broken = brokenTarget(written, applyChanges(state, answer.changes));
  if (broken) return refuseBroken(broken);
  const overlong = overlongTarget(answer.changes);
  if (!overlong) return answer;
  return refuse('INVALID_DATA', `${overlong} would have more than ${FILE_LIMIT_BYTES} bytes`, [overlong]);
}
