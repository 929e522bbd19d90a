/** Judges a state, or the step of one commit, by all rules. Reads only what changed; walks no history and knows no commit. */
import { applyChanges } from '../apply-changes.ts';
import type { EntityChange, State } from '../state.ts';
import type { Table } from '../table.ts';
import type { AuditedKind, AuditedOperation, Changed, Rule, Step, Violation } from './rule.ts';
import { RULES } from './rules.ts';
import { isGuarded, saidOf } from './said.ts';

/** What is wrong with one state, whatever led to it. */
export function auditState(state: State): readonly Violation[] {
  return KINDS.flatMap((kind) => [...tableOf(state, kind).entries()].flatMap(([id]) => inState(state, { kind, id })));
}

/** What one commit must not have done. `changed` names the entities whose files differ; no operations mean a person's commit. */
export function auditStep(
  before: State,
  after: State,
  operations: readonly AuditedOperation[],
  changed: readonly Changed[],
): readonly Violation[] {
  const step = { before, after, operations };
  return withActors(changed, operations).flatMap((it) => [
    ...inState(after, it),
    ...inStep(step, it),
    ...outOfForce(step, it),
  ]);
}

const KINDS: readonly AuditedKind[] = [
  'job',
  'lock',
  'message',
  'actor',
  'agent',
  'yard',
  'epoch',
  'branches',
  'manifest',
  'attestation',
  'rollback',
  'import',
  'history',
  'notices',
  'secret',
  'tests',
  'token',
];
interface AnyRule extends Pick<Rule, 'id'> {
  readonly holds?: (entity: unknown, state: State) => readonly string[];
  readonly follows?: (entity: unknown, step: Step) => readonly string[];
}
/** The kind of a rule is the kind of the table that it is applied to, which the compiler cannot see through a list. */
const RULES_OF: ReadonlyMap<AuditedKind, readonly AnyRule[]> = new Map(
  KINDS.map((kind) => [kind, RULES.filter((it) => it.of === kind) as readonly AnyRule[]]),
);
const rulesOf = (kind: AuditedKind): readonly AnyRule[] => RULES_OF.get(kind) ?? [];

function inState(state: State, { kind, id }: Changed): Violation[] {
  if (!isAudited(kind)) return [];
  const entity = tableOf(state, kind).get(id);
  if (entity === undefined) return [];
  return rulesOf(kind).flatMap((rule) => told(rule, rule.holds?.(entity, state)));
}

function inStep(step: Step, { kind, id, removed }: Changed): Violation[] {
  if (!isAudited(kind)) return [];
  const [before, after] = [step.before, step.after].map((state) => tableOf(state, kind).get(id));
  const transition = { id, before, after: removed ? undefined : after };
  return rulesOf(kind).flatMap((rule) => told(rule, rule.follows?.(transition, step)));
}

/** A file that is not in force is judged by what it says, as if it were: a schema that is broken hides nothing. */
function outOfForce(step: Step, { kind, id, said }: Changed): Violation[] {
  const inForce = said === undefined || !isGuarded(kind) ? undefined : tableOf(step.after, kind).get(id);
  if (inForce === undefined || !isGuarded(kind)) return [];
  const { entity, impossible } = saidOf(kind, inForce, said);
  const after = applyChanges(step.after, [{ kind, id, value: entity } as EntityChange]);
  const supposed = [...inState(after, { kind, id }), ...inStep({ ...step, after }, { kind, id })];
  return [
    ...impossible.map((it) => ({ rule: 'hidden-change', text: `${kind} ${id} was given ${it}, which none can have` })),
    ...supposed.map(({ rule, text }) => ({ rule, text: `${text} (in a file that also breaks its schema)` })),
  ];
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

function tableOf(state: State, kind: AuditedKind): Pick<Table<object>, 'get' | 'entries'> {
  const { jobs: job, locks: lock, messages: message, actors: actor, agents: agent, yard, epoch, branches } = state;
  if (kind === 'yard') return new Map([['yard', yard]]);
  if (kind === 'epoch') return new Map(epoch === null ? [] : [['epoch', epoch]]);
  if (kind === 'branches') return new Map([['branches', branches]]);
  const {
    manifests: manifest,
    attestations: attestation,
    rollbacks: rollback,
    imports,
    history,
    notices,
    secrets: secret,
    tests,
    tokens: token,
  } = state;
  const rest = { manifest, attestation, rollback, import: imports, history, notices, secret, tests, token };
  return { job, lock, message, actor, agent, ...rest }[kind];
}
