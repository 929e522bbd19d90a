/** The snapshot in what a source sent. Hostile until it has passed here. */
import { type ReadModel, readModelFrom, SCHEMA_VERSION } from '@gityard/domain';
import { SourceFailure } from './source.ts';

/** Throws SourceFailure: `newer-schema` or `invalid`. */
export function modelIn(text: string): ReadModel {
  const data = parsed(text);
  const version = (data as { schemaVersion?: unknown } | null)?.schemaVersion;
  if (typeof version === 'number' && version > SCHEMA_VERSION)
    throw new SourceFailure({ kind: 'newer-schema', reason: 'the yard is written by a newer Gityard than this page' });
  const model = readModelFrom(data);
  if (model.ok) return model.value;
  throw new SourceFailure({ kind: 'invalid', reason: `the snapshot cannot be read: ${model.reason}` });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
