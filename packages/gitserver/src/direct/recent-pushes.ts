/**
 * The last pushes that were taken in, each as a step from one commit to the next: who has one of these commits can be brought
 * up to date from memory. A commit that came another way is not here, and ends every chain.
 */
import type { PackEntry } from '@gityard/store/codec';

interface Step {
  readonly old: string;
  readonly entries: readonly PackEntry[];
  readonly sizeBytes: number;
}

const MOST_STEPS = 1_000;
const MOST_BYTES = 16 * 1024 * 1024;

export class RecentPushes {
  private readonly steps = new Map<string, Step>();
  private sizeBytes = 0;

  /** `entries`: all that the tree of `next` holds and that of `old` does not, with the commit. */
  took({ old, next, entries }: { old: string; next: string; entries: readonly PackEntry[] }): void {
    const sizeBytes = entries.reduce((sum, it) => sum + it.body.length, 0);
    this.steps.set(next, { old, entries, sizeBytes });
    this.sizeBytes += sizeBytes;
    for (const [oldest, step] of this.steps) {
      if (this.steps.size <= MOST_STEPS && this.sizeBytes <= MOST_BYTES) break;
      this.steps.delete(oldest);
      this.sizeBytes -= step.sizeBytes;
    }
  }

  /** Undefined: no chain of known pushes leads from one to the other. */
  between(have: string, head: string): readonly PackEntry[] | undefined {
    const entries = new Map<string, PackEntry>();
    for (let at = head; at !== have; ) {
      const step = this.steps.get(at);
      if (!step) return undefined;
      for (const entry of step.entries) entries.set(entry.oid, entry);
      at = step.old;
    }
    return [...entries.values()];
  }
}
