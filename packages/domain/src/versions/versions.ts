/**
 * Which versions of a yard this program reads and writes. A yard has the version that its yard.json says; each file says its own.
 * What an older program wrote is read as if it had been written now; what is written into an older yard is written as the older
 * programs in it read it. So programs of several versions work in one yard, and its version rises only when somebody says so
 * (`gityard migrate`). A new field with a default is no new version: only what an older program would misread is.
 */
import { SCHEMA_VERSION } from '../entities/schema.ts';
import type { EntityKind } from '../state.ts';

type Value = Readonly<Record<string, unknown>>;

/** From the version before, and back. Fields that neither knows stay. Never throws: what is no such value is left for its schema. */
export interface Step {
  readonly raise: (value: Value) => Value;
  readonly lower: (value: Value) => Value;
}

export interface Migration {
  readonly to: number;
  /** What changes, for whoever decides on it. */
  readonly what: string;
  readonly kinds: { readonly [K in EntityKind]?: Step };
}

export interface Versions {
  /** Newer files are left alone, and into a newer yard nothing is written. */
  readonly newest: number;
  /** One for each version from 2 on, in order. */
  readonly migrations: readonly Migration[];
}

export const VERSIONS: Versions = { newest: SCHEMA_VERSION, migrations: [] };

const versionOf = (value: Value): number => (typeof value.schemaVersion === 'number' ? value.schemaVersion : 1);

/** As this program knows it. `schemaVersion` stays what the file says. */
export function raised(kind: EntityKind, value: unknown, { migrations }: Versions): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const given = value as Value;
  const steps = migrations.filter(({ to }) => to > versionOf(given)).map(({ kinds }) => kinds[kind]);
  return steps.reduce((before, step) => step?.raise(before) ?? before, given);
}

/** As it is written into a yard of that version. */
export function lowered<V extends object>(kind: EntityKind, value: V, to: number, { migrations }: Versions): V {
  const steps = migrations.filter((it) => it.to > to).map(({ kinds }) => kinds[kind]);
  const before = steps.reduceRight<Value>((after, step) => step?.lower(after) ?? after, value as Value);
  if (!('schemaVersion' in before) || before.schemaVersion === to) return before as V;
  return { ...before, schemaVersion: to } as unknown as V;
}
