/**
 * What a person may wish from the page, as short as a page can say it. What is asked before it is sent, under which
 * conditions it still holds and what it will do stands in `acts.ts`; pages know nothing of that.
 */
import type { CommandWish, JobWish } from '@gityard/domain';

export interface CommandAsked {
  readonly op: CommandWish['op'];
  readonly target: string;
  /** reason; priority, agent, reader, until (a time). */
  readonly args?: Readonly<Record<string, unknown>>;
  /** Fields that the target must still have; those that the snapshot shows are added by themselves. */
  readonly if?: Readonly<Record<string, string>>;
}

/** A new job; what is given stands in the form already. */
interface JobAsked {
  readonly job: Partial<JobWish>;
}

export type Wish = CommandAsked | JobAsked;

/** Rises from any depth to the frame, which asks, sends and tells what became of it. */
export class WishEvent extends Event {
  static readonly type = 'gityard-wish';
  readonly wish: Wish;

  constructor(wish: Wish) {
    super(WishEvent.type, { bubbles: true, composed: true });
    this.wish = wish;
  }
}
