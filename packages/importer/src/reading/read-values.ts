/**
 * A predecessor's file to the values in it: as JSON where it is JSON, as lines of JSON where each line is. What is damaged is
 * read only when somebody asked for a repair, and then for all that is whole in it; otherwise it is told of with its place.
 */
import { decodeText } from './decode-text.ts';
import { doubledKey, withAllKeys } from './doubled-keys.ts';
import { type Salvaged, salvage } from './salvage.ts';
import { hasMarkers, markerLine, unmerge } from './unmerge.ts';

export interface Values {
  readonly values: readonly Salvaged[];
  /** Why the file as a whole is no good; null: it is whole. */
  readonly damage: { readonly reason: string; readonly line: number | null } | null;
}

export function readValues(bytes: Uint8Array, { repair }: { repair: boolean }): Values {
  const { text, damage } = decodeText(bytes);
  if (text.trim() === '') return { values: [], damage: { reason: 'is empty', line: null } };
  const whole = wholeValues(text);
  const twice = whole ? doubledKey(text) : null;
  if (whole && damage === null && twice === null) return { values: whole, damage: null };
  const found = damage === null ? (twice ?? faultOf(text)) : { reason: damage, line: null };
  return { values: repair ? repaired(text) : [], damage: found };
}

function wholeValues(text: string): readonly Salvaged[] | undefined {
  const value = parsed(text);
  if (value !== undefined) return [{ key: null, value, line: 1 }];
  if (hasMarkers(text)) return undefined;
  const rows = text.split('\n').map((row, at) => ({ row: row.trim(), line: at + 1 }));
  const values = rows.filter((it) => it.row !== '').map(({ row, line }) => ({ key: null, value: objectIn(row), line }));
  return values.length > 1 && values.every((it) => it.value !== undefined) ? values : undefined;
}

/** Both sides of a conflict, each as far as it is whole: who gathers them drops what is the same. */
function repaired(text: string): readonly Salvaged[] {
  const texts = hasMarkers(text) ? unmerge(text) : [text];
  return texts.flatMap((side) => allValues(side) ?? salvage(side).found);
}

/** Also what stands under a key that comes again. */
const allValues = (text: string): readonly Salvaged[] | undefined =>
  wholeValues(text) && wholeValues(withAllKeys(text));

function faultOf(text: string): { reason: string; line: number | null } {
  if (hasMarkers(text)) return { reason: 'holds the conflict markers of a merge', line: markerLine(text) };
  const { cutAt } = salvage(text);
  if (cutAt !== null) return { reason: 'is cut off: what begins here has no end', line: cutAt };
  return { reason: 'is not JSON', line: null };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // What is wrong with it is found out by those who look for it.
    return undefined;
  }
}

function objectIn(row: string): unknown {
  const value = row.startsWith('{') ? parsed(row) : undefined;
  return typeof value === 'object' && value !== null ? value : undefined;
}
