/** Parts of a plan that are one commit each: bounded in number and in size. */
import { IMPORTED_AT_ONCE, type ImportedEntity } from '@gityard/domain';

const BATCH_CHARACTERS = 4_000_000;

export function* batchesOf(entities: readonly ImportedEntity[]): Generator<readonly ImportedEntity[]> {
  let batch: ImportedEntity[] = [];
  let size = 0;
  for (const entity of entities) {
    const own = JSON.stringify(entity).length;
    if (batch.length > 0 && (batch.length === IMPORTED_AT_ONCE || size + own > BATCH_CHARACTERS)) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(entity);
    size += own;
  }
  if (batch.length > 0) yield batch;
}
