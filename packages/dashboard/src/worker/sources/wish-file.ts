/** The file that a wish becomes in the inbox of a repository. Its name is new each time, so that no two ever meet. */
import type { CommandWish, JobWish } from '@gityard/domain';

export interface WishFile {
  readonly path: string;
  readonly text: string;
  /** Of the commit that puts it there. */
  readonly message: string;
}

export function wishFile(wish: JobWish | CommandWish, now: number): WishFile {
  const about = 'op' in wish ? `${wish.op} ${wish.target}` : `a job for ${wish.repository ?? wish.repo ?? 'the yard'}`;
  const message = `ask for ${about.replace(/\s+/g, ' ')}`.slice(0, 100);
  return { path: `queue/${newId(now)}.json`, text: `${JSON.stringify(wish, null, 2)}\n`, message };
}

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A ULID in lower case, like every other id of a yard: ten letters of time, sixteen of chance. */
function newId(now: number): string {
  let [time, rest] = ['', now];
  for (let n = 0; n < 10; n++) {
    time = ALPHABET.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  return time + Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => ALPHABET.charAt(byte % 32)).join('');
}

export function base64Of(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

/** Longer addresses are cut or refused on their way. */
const LONGEST_LINK = 8_000;

export function linkWith(base: string, query: Readonly<Record<string, string>>): string | null {
  const link = `${base}?${new URLSearchParams(query)}`;
  return link.length > LONGEST_LINK ? null : link;
}
