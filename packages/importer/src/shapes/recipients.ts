/**
 * To whom a message of the predecessor went. A yard sends to one name or to all, so what went to a list becomes a message to
 * each; its one read flag, which whoever read first set for all of them, tells nothing.
 */
import type { Fields, Item } from '../reading/items-in.ts';
import { isFields } from '../reading/items-in.ts';
import { has, pick, textOf } from './fields.ts';

export const TO = ['to', 'recipient', 'to_server', 'target', 'recipients'] as const;
const FLAGS = ['read', 'is_read', 'acknowledged', 'acked', 'ack_status'] as const;
const RECEIPTS = ['read_by', 'readBy', 'acked_by', 'acknowledged_by', 'ackedBy'] as const;

/** Each once; `all` alone where it is among them. */
export function recipientsIn(fields: Fields): readonly string[] {
  const value = pick(fields, ...TO);
  const names = (Array.isArray(value) ? value : [value]).map(nameIn).filter((it) => it !== null);
  return names.includes('all') ? ['all'] : [...new Set(names)];
}

function nameIn(value: unknown): string | null {
  const name = isFields(value)
    ? textOf(value, 'name', 'server', 'server_id', 'id')
    : typeof value === 'string'
      ? value
      : null;
  if (name === null) return null;
  return /^(all|broadcast|everyone|\*|)$/i.test(name.trim()) ? 'all' : name.trim();
}

/** The first keeps the id, so that what answers it finds it. */
export function oneEach(item: Item, id: string | null): readonly Item[] {
  const names = recipientsIn(item.fields);
  if (names.length < 2) return [item];
  const rest = Object.fromEntries(
    Object.entries(item.fields).filter(([name]) => ![...TO, ...FLAGS].some((it) => it === name)),
  );
  return names.map((to, at) => {
    const own = at === 0 || id === null ? {} : { id: `${id}-${to}` };
    return { ...item, fields: { ...rest, ...receiptsOf(rest, to), ...own, to, [SPLIT]: has(item.fields, ...FLAGS) } };
  });
}

/** Marks what was made of a list, and whether a flag was left out. No key of a text that was read holds it. */
const SPLIT = '\0split';

export function notesOnSplit(fields: Fields): string[] {
  const hadFlag = fields[SPLIT];
  if (hadFlag === undefined) return [];
  const split = 'a message to several became one to each';
  return hadFlag === true ? [split, 'the one read flag of a message to several was left out'] : [split];
}

function receiptsOf(fields: Fields, to: string): Fields {
  const own: Record<string, unknown> = {};
  for (const name of RECEIPTS) {
    const value = fields[name];
    if (Array.isArray(value)) own[name] = value.filter((it) => nameIn(it) === to);
    else if (isFields(value)) own[name] = Object.hasOwn(value, to) ? { [to]: value[to] } : {};
    else if (typeof value === 'string') own[name] = value === to ? value : '';
  }
  return own;
}
