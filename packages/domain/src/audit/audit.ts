/** Judges a state, or the step of one commit, by all rules. Reads only what changed; walks no history and knows no commit. */
import type { State } from '../state.ts';
import type { Table } from '../table.ts';
import type { AuditedKind, AuditedOperation, Changed, Rule, Step, Violation } from './rule.ts';
import { RULES } from './rules.ts';

/** What is wrong with one state, whatever led to it. */
export function auditState(state: State): readonly Violation[] {
  const each = KINDS.flatMap((kind) =>
    [...tableOf(state, kind).entries()].flatMap(([id]) => inState(state, { kind, id })),
  );
  return [...each, ...RULES.flatMap((rule) => told(rule, rule.everywhere?.(state)))];
}

/** What one commit must not have done. `changed` names the entities whose files differ; no operations mean a person's commit. */
export function auditStep(
  before: State,
  after: State,
  operations: readonly AuditedOperation[],
  changed: readonly Changed[],
): readonly Violation[] {
  const step = { before, after, operations };
  return withActors(changed, operations).flatMap((it) => [...inState(after, it), ...inStep(step, it)]);
}

/** The transactions that were seen before; those of this commit are added to `seen`. */
export function repeatedTransactions(operations: readonly AuditedOperation[], seen: Set<string>): readonly Violation[] {
  const ids = new Set(operations.map((it) => it.transaction));
  const repeated = [...ids].filter((id) => seen.has(id));
  for (const id of ids) seen.add(id);
  return repeated.map((id) => ({ rule: 'transaction-once', text: `transaction ${id} is in the history twice` }));
}

const KINDS: readonly AuditedKind[] = ['job', 'lock', 'message', 'actor'];
interface AnyRule extends Pick<Rule, 'id'> {
  readonly holds?: (entity: unknown, state: State) => readonly string[];
  readonly follows?: (entity: unknown, step: Step) => readonly string[];
}
/** The kind of a rule is the kind of the table that it is applied to, which the compiler cannot see through a list. */
const rulesOf = (kind: AuditedKind) => RULES.filter((it) => it.of === kind) as readonly AnyRule[];
const RULES_OF = { job: rulesOf('job'), lock: rulesOf('lock'), message: rulesOf('message'), actor: rulesOf('actor') };

function inState(state: State, { kind, id }: { kind: string; id: string }): Violation[] {
  if (!isAudited(kind)) return [];
  const entity = tableOf(state, kind).get(id);
  if (entity === undefined) return [];
  return RULES_OF[kind].flatMap((rule) => told(rule, rule.holds?.(entity, state)));
}

function inStep(step: Step, { kind, id }: Changed): Violation[] {
  if (!isAudited(kind)) return [];
  const transition = { id, before: tableOf(step.before, kind).get(id), after: tableOf(step.after, kind).get(id) };
  return RULES_OF[kind].flatMap((rule) => told(rule, rule.follows?.(transition, step)));
}

const told = ({ id }: Pick<Rule, 'id'>, texts: readonly string[] = []): Violation[] =>
  texts.map((text) => ({ rule: id, text }));

/** A counter that should have moved and did not is no changed file. */
function withActors(changed: readonly Changed[], operations: readonly AuditedOperation[]): readonly Changed[] {
  const known = new Set(changed.flatMap((it) => (it.kind === 'actor' ? [it.id] : [])));
  const silent = new Set(operations.flatMap((it) => (it.actor === null || known.has(it.actor) ? [] : [it.actor])));
  return [...changed, ...[...silent].map((id) => ({ kind: 'actor', id }) as const)];
}

const isAudited = (kind: string): kind is AuditedKind => (KINDS as readonly string[]).includes(kind);

function tableOf(state: State, kind: AuditedKind): Table<unknown> {
  return { job: state.jobs, lock: state.locks, message: state.messages, actor: state.actors }[kind];
}
