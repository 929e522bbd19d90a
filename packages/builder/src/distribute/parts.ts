/** What is known of the parts of a split job when they are put together. */
import type { Job } from '@gityard/domain';
import type { Built } from './canary-report.ts';

export interface Parts {
  readonly kind: 'distributed' | 'canary';
  /** In the order of their waves. */
  readonly parts: readonly Built[];
  /** What a part printed, as far as it was kept. */
  logOf(job: Job): Promise<Iterable<Uint8Array>>;
}
