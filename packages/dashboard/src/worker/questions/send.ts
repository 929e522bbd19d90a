/** A command or a job of a person: sent where the source takes it, else the address at which they can send it themselves. */
import type { CommandWish, JobWish } from '@gityard/domain';
import type { Receipt } from '../protocol.ts';
import type { Reading } from './question.ts';

export interface Sent {
  readonly receipt: Receipt | null;
  /** To follow by hand; null where the source has taken the wish itself, or nobody can. */
  readonly link: string | null;
}

export async function send(
  reading: Reading,
  { wish, by }: { readonly wish: JobWish | CommandWish; readonly by: 'direct' | 'link' },
): Promise<Sent> {
  if (by === 'link') return { receipt: null, link: reading.linkFor(wish) };
  return { receipt: await reading.send(wish), link: null };
}
