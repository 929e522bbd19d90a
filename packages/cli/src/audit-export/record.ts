/** What an exported trail holds: the same records in every format, told of by their head. */
import type { TrailCommit } from '@gityard/yard';
import type { SecretUse } from './secret-uses.ts';

/** Raised when a record means something else than before; new fields and records may come without. */
export const EXPORT_VERSION = 1;

interface ExportHead {
  readonly yard: string;
  /** The commit that it ends with. */
  readonly head: string;
  readonly exportedAt: string;
  readonly since: string | null;
  /** The commit that the first of them follows, where one was named. */
  readonly after: string | null;
  readonly until: string | null;
  /** False: the history was cut, and what came before is not here. */
  readonly complete: boolean;
}

export interface Exported {
  readonly head: ExportHead;
  readonly commits: Iterable<TrailCommit>;
  readonly secretUses: AsyncIterable<SecretUse>;
}

export interface Counted {
  readonly commits: number;
  readonly operations: number;
  readonly changes: number;
  readonly secretUses: number;
}

/** Counts what goes by. */
export class Counting {
  commits = 0;
  operations = 0;
  changes = 0;
  secretUses = 0;

  *commitsOf(commits: Iterable<TrailCommit>): Iterable<TrailCommit> {
    for (const commit of commits) {
      this.commits++;
      this.operations += commit.operations.length;
      this.changes += commit.changes.length;
      yield commit;
    }
  }

  async *usesOf(uses: AsyncIterable<SecretUse>): AsyncIterable<SecretUse> {
    for await (const use of uses) {
      this.secretUses++;
      yield use;
    }
  }

  get counted(): Counted {
    const { commits, operations, changes, secretUses } = this;
    return { commits, operations, changes, secretUses };
  }
}
