/**
 * Makes text from outside look like what it is. Markup is harmless here, because it is drawn as text; but characters
 * that turn the direction of writing or take no room can make one name look like another, so they are written out.
 */

// Controls, formatting characters (zero width, direction, soft hyphen) and the two odd line ends. Kept are tab and line
// feed, and the joiners U+200C and U+200D, which whole languages and many emoji need.
const HIDDEN = /(?![\t\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Nearly every string of a snapshot is like this, and is known by it much sooner. */
const PLAIN = /^[\t\n -~]*$/;

/** The same value with every string in it made visible. What it was given stays as it was; where nothing is hidden, it is the answer. */
export function visibleText<T>(value: T): T {
  return visible(value) as T;
}

function visible(value: unknown): unknown {
  if (typeof value === 'string') return PLAIN.test(value) ? value : value.replace(HIDDEN, written);
  // Bytes that a person asked to be given as they are: they are never drawn.
  if (value === null || typeof value !== 'object' || value instanceof Blob) return value;
  return Array.isArray(value) ? visibleList(value) : visibleObject(value as Record<string, unknown>);
}

/** A snapshot has tens of thousands of values and hides nothing: it is copied only from where something is hidden. */
function visibleList(list: readonly unknown[]): readonly unknown[] {
  let shown: unknown[] | undefined;
  for (let at = 0; at < list.length; at++) {
    const seen = visible(list[at]);
    if (seen === list[at]) continue;
    shown ??= [...list];
    shown[at] = seen;
  }
  return shown ?? list;
}

function visibleObject(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const keys = Object.keys(value);
  for (const key of keys)
    if (!PLAIN.test(key) || visible(value[key]) !== value[key])
      return Object.fromEntries(keys.map((it) => [visible(it), visible(value[it])]));
  return value;
}

const written = (character: string): string =>
  `⟨U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}⟩`;
