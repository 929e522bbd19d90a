/**
 * What the builds of a fleet found in their caches, and looked up in vain, since the last look: what counters count. Agents tell
 * it with their beats, each from its start, and begin at nothing when they are started again. Of lives that began and ended
 * between two looks nobody knows.
 */
import type { CacheUse } from '../entities/build-result.ts';
import type { Heartbeat } from '../entities/heartbeat.ts';
import type { Table } from '../table.ts';

interface Life extends CacheUse {
  readonly boot: string;
}

const NOTHING: CacheUse = { hits: 0, misses: 0 };

export class CacheWatch {
  readonly #lives = new Map<string, Life>();
  #began = false;

  look(heartbeats: Table<Heartbeat>): CacheUse {
    const found = [...heartbeats].map((it) => this.#grownOf(it));
    const isFirst = !this.#began;
    this.#began = true;
    if (isFirst) return NOTHING;
    return found.reduce((sum, it) => ({ hits: sum.hits + it.hits, misses: sum.misses + it.misses }), NOTHING);
  }

  /** An older beat of the same life, seen again, takes nothing back. */
  #grownOf({ agent, boot, cache = NOTHING }: Heartbeat): CacheUse {
    const before = this.#lives.get(agent);
    const known = before?.boot === boot ? before : NOTHING;
    const hits = Math.max(known.hits, cache.hits);
    const misses = Math.max(known.misses, cache.misses);
    this.#lives.set(agent, { boot, hits, misses });
    return { hits: hits - known.hits, misses: misses - known.misses };
  }
}
