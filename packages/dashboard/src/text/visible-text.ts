/**
 * Makes text from outside look like what it is. Markup is harmless here, because it is drawn as text; but characters
 * that turn the direction of writing or take no room can make one name look like another, so they are written out.
 */

// Controls, formatting characters (zero width, direction, soft hyphen) and the two odd line ends. Kept are tab and line
// feed, and the joiners U+200C and U+200D, which whole languages and many emoji need.
const HIDDEN = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The same value with every string in it made visible. Copies; what it was given stays as it was. */
export function visibleText<T>(value: T): T {
  return visible(value) as T;
}

function visible(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(HIDDEN, written);
  if (Array.isArray(value)) return value.map(visible);
  // Bytes that a person asked to be given as they are: they are never drawn.
  if (value === null || typeof value !== 'object' || value instanceof Blob) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [visible(key), visible(inner)]));
}

const written = (character: string): string =>
  `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
