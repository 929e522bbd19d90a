/**
 * What a file would say if it were in force. One that broke its schema is not, so a change of what nobody may change would
 * pass unseen beside the fault: here it is read field by field onto the version in force, to be judged like any other.
 */
import { validate } from '../validate.ts';

export type GuardedKind = 'job' | 'lock' | 'message' | 'actor';

/** Fields that a rule guards. A value there that none of its kind can have is a change; anywhere else it is a slip. */
const PROTECTED: Readonly<Record<GuardedKind, readonly string[]>> = {
  job: ['status', 'token', 'agent', 'attempts', 'attempts.token', 'attempts.agent', 'approvals'],
  lock: ['token', 'count', 'holders', 'holders.holder', 'holders.token'],
  message: ['from', 'to', 'subject', 'body', 'sentAt', 'readBy', 'ackedBy', 'downloadedBy', 'followUps'],
  actor: ['operations'],
};
/** What tells one file from another, and one program from a newer one. */
const NAMES: readonly string[] = ['$schema', 'schemaVersion', 'id', 'name'];

export interface Said {
  /** The version in force, with every field in it that could be read. */
  readonly entity: object;
  /** What is said of protected fields and cannot be. */
  readonly impossible: readonly string[];
}

type Fields = Readonly<Record<string, unknown>>;

export const isGuarded = (kind: string): kind is GuardedKind => Object.hasOwn(PROTECTED, kind);

export function saidOf(kind: GuardedKind, inForce: object, said: unknown): Said {
  let entity = inForce;
  const impossible: string[] = [];
  for (const { field, value, apply } of isFields(said) ? editsOf({ ...inForce }, said) : []) {
    // Validation fills defaults into what it is given.
    const checked = validate(kind, JSON.parse(JSON.stringify(apply({ ...entity }))));
    if (checked.ok) entity = checked.value;
    else if (value !== undefined && PROTECTED[kind].includes(field)) impossible.push(`${field} ${brief(value)}`);
  }
  return { entity, impossible };
}

/** One field that is said, and the entity with it. A value of undefined leaves it out. */
interface FieldEdit {
  readonly field: string;
  readonly value: unknown;
  readonly apply: (entity: Fields) => Fields;
}

function editsOf(inForce: Fields, said: Fields): readonly FieldEdit[] {
  // Who still bears the name and leaves a field out says its default, as a valid file would; another file says nothing.
  const isItself = ['id', 'name'].some((name) => said[name] !== undefined && said[name] === inForce[name]);
  const fields = new Set([...(isItself ? Object.keys(inForce) : []), ...Object.keys(said)]);
  return [...fields].filter((it) => !NAMES.includes(it)).flatMap((field) => fieldEdits(field, inForce, said));
}

function fieldEdits(field: string, inForce: Fields, said: Fields): readonly FieldEdit[] {
  const [was, value] = [inForce[field], Object.hasOwn(said, field) ? said[field] : undefined];
  if (isRows(was) && isRows(value) && was.length === value.length)
    return value.flatMap((row, at) =>
      Object.keys(row).map((column) => cellEdit({ field, at, column, value: row[column] })),
    );
  return [{ field, value, apply: (entity) => ({ ...entity, [field]: value }) }];
}

interface Cell {
  readonly field: string;
  readonly at: number;
  readonly column: string;
  readonly value: unknown;
}

/** One wrong word in a list must not hide the rest of it. */
function cellEdit({ field, at, column, value }: Cell): FieldEdit {
  const rowsOf = (entity: Fields) => (isRows(entity[field]) ? entity[field] : []);
  const apply = (entity: Fields): Fields => ({
    ...entity,
    [field]: rowsOf(entity).map((row, index) => (index === at ? { ...row, [column]: value } : row)),
  });
  return { field: `${field}.${column}`, value, apply };
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isRows = (value: unknown): value is readonly Fields[] => Array.isArray(value) && value.every(isFields);

const brief = (value: unknown): string => JSON.stringify(value).slice(0, 100);
