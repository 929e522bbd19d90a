/**
 * Decides operations one after another on exactly one state, and turns what was accepted into one commit. Run again on
 * every new head, so it keeps nothing between two runs.
 */
import {
  type Accepted,
  applyChanges,
  type Change,
  type InputOf,
  OPERATIONS,
  type OperationName,
  type Refused,
  refuse,
  type State,
} from '@gityard/domain';
import type { Composition } from '@gityard/store';
import type { View } from '../reading/view.ts';
import { commitMessage, type Told } from './commit-message.ts';
import { brokenTarget, encodeChanges } from './encode-changes.ts';

export interface Operation<N extends OperationName = OperationName> {
  readonly name: N;
  readonly input: InputOf<N>;
}
export type Answer = Accepted<unknown> | Refused;

export interface Writer {
  readonly actor: string;
  readonly boot: string;
  readonly email: string;
}

export function compose(view: View, operations: readonly Operation[], writer: Writer): Composition<Answer> {
  const changes: Change[] = [];
  const told: Told[] = [];
  const answers: Answer[] = [];
  let state = view.state;
  let number = state.actors.get(writer.actor)?.operations ?? 0;
  for (const operation of operations) {
    const answer = decide(state, view, operation);
    answers.push(answer);
    if (!answer.ok || answer.changes.length === 0) continue;
    number++;
    state = applyChanges(state, answer.changes);
    changes.push(...answer.changes);
    told.push({
      operation: operation.name,
      summary: answer.summary,
      subject: answer.subject,
      transaction: `${writer.actor}.${writer.boot}.${number}`,
    });
  }
  const author = { name: writer.actor, email: writer.email };
  if (told.length === 0) return { edits: [], message: '', author, answers };
  const counter = {
    ...view.state.actors.get(writer.actor),
    schemaVersion: 1,
    id: writer.actor,
    operations: number,
    boot: writer.boot,
  };
  const edits = encodeChanges(view.state, [...changes, { kind: 'actor', id: writer.actor, value: counter }]);
  return { edits, message: commitMessage(told), author, answers };
}

function decide(state: State, { problems }: View, operation: Operation): Answer {
  const decideOne = OPERATIONS[operation.name] as (state: State, input: unknown) => Answer;
  const answer = decideOne(state, operation.input);
  const broken = answer.ok ? brokenTarget(answer.changes, problems) : undefined;
  if (!broken) return answer;
  return refuse('INVALID_DATA', `${broken.path} ${broken.reason}; mend it first (gityard quarantine list)`, [
    broken.path,
  ]);
}
