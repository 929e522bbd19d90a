/**
 * The single entries in whatever a predecessor put them: a list, an object that holds a list under a name, an object keyed by
 * id, or the entry alone. Knows no kind but by the test that it is given.
 */
import { plainKey } from './doubled-keys.ts';
import type { Salvaged } from './salvage.ts';

export type Fields = Readonly<Record<string, unknown>>;

export interface Item {
  /** The name that it stood under, which may be its id. */
  readonly key: string | null;
  readonly fields: Fields;
  readonly line: number | null;
}

/** What stands where an entry should be, and is none. */
interface NoItem {
  readonly line: number | null;
  readonly text: string;
}

export interface Items {
  readonly items: readonly Item[];
  readonly others: readonly NoItem[];
}

const DEPTH_LIMIT = 4;

export function itemsIn(values: readonly Salvaged[], isItem: (fields: Fields) => boolean): Items {
  const items: Item[] = [];
  const others: NoItem[] = [];
  for (const { key, value, line } of values) take(value, { key, line: values.length > 1 ? line : null, depth: 0 });
  return { items, others };

  function take(value: unknown, at: { key: string | null; line: number | null; depth: number }): void {
    const { key, line, depth } = at;
    if (isFields(value) && isItem(value)) items.push({ key, fields: value, line });
    else if (Array.isArray(value) && depth < DEPTH_LIMIT)
      for (const entry of value) take(entry, { key: null, line, depth: depth + 1 });
    else if (isFields(value) && depth < DEPTH_LIMIT) inObject(value, at);
    else noItem(value, at);
  }

  /** Lists and entries are looked for; counters, dates and names beside them are nobody's. */
  function inObject(value: Fields, at: { key: string | null; line: number | null; depth: number }): void {
    const before = items.length + others.length;
    for (const [key, inner] of Object.entries(value))
      if (typeof inner === 'object' && inner !== null)
        take(inner, { key: plainKey(key), line: at.line, depth: at.depth + 1 });
    if (items.length + others.length === before) noItem(value, at);
  }

  function noItem(value: unknown, at: { key: string | null; line: number | null; depth: number }): void {
    if (isMeant(value, at)) others.push({ line: at.line, text: wordFor(value) });
  }
}

/** In a list stands what was meant to be an entry; so does an object that says something under a name that is no heading. */
function isMeant(value: unknown, { key, depth }: { key: string | null; depth: number }): boolean {
  if (key === null) return depth > 0;
  const isFilled = isFields(value) && Object.keys(value).length > 0;
  return isFilled && depth <= 2 && !/meta|stat|summary|config|settings|schema|counts?|info/i.test(key);
}

/** Not as JSON: what lies a million lists deep cannot be written again. */
const wordFor = (value: unknown): string =>
  typeof value === 'object' && value !== null ? 'an object of another kind' : String(value).slice(0, 80);

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
