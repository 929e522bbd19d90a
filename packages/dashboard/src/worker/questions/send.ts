/** A command or a job of a person: sent where the source takes it, else the address at which they can send it themselves. */
import type { Receipt } from '../protocol.ts';
import type { NamedWish, WishLink } from '../sources/source.ts';
import type { Reading } from './question.ts';

export interface Sent {
  readonly receipt: Receipt | null;
  /** To follow by hand; null where the source has taken the wish itself, or nobody can. */
  readonly link: WishLink | null;
}

export type Sending = NamedWish & { readonly by: 'direct' | 'link' };

export async function send(reading: Reading, { by, ...wish }: Sending): Promise<Sent> {
  if (by === 'link') return { receipt: null, link: reading.linkFor(wish) };
  return { receipt: await reading.send(wish), link: null };
}
