/** The file that a wish becomes in the inbox of a repository: under the id of the wish, so that no two ever meet. */
import type { NamedWish, WishLink } from './source.ts';

export interface WishFile {
  readonly path: string;
  readonly text: string;
  /** Of the commit that puts it there. */
  readonly message: string;
}

export function wishFile({ id, wish }: NamedWish): WishFile {
  const about = 'op' in wish ? `${wish.op} ${wish.target}` : `a job for ${wish.repository ?? wish.repo ?? 'the yard'}`;
  const message = `ask for ${about.replace(/\s+/g, ' ')}`.slice(0, 100);
  return { path: `queue/${id}.json`, text: `${plain(JSON.stringify(wish, null, 2))}\n`, message };
}

/** Characters that nobody sees are written out, as JSON may: so the text is the same wherever it is shown or pasted. */
const plain = (json: string): string =>
  json.replace(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) =>
    character
      .split('')
      .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
      .join(''),
  );

export function base64Of(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(''));
}

/** Longer addresses are cut or refused on their way. */
const LONGEST_LINK = 8_000;

/** The page of the host for a new file, with its name filled in, and its text as well while an address bears it. */
export function wishLink(base: string, { filename, text }: { filename: string; text: string }): WishLink {
  const href = `${base}?${new URLSearchParams({ filename, value: text })}`;
  if (href.length <= LONGEST_LINK) return { href, paste: null };
  return { href: `${base}?${new URLSearchParams({ filename })}`, paste: text };
}
