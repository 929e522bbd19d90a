/** Picks what is meant out of fields that bear several names, and makes it fit: the predecessor's tools never agreed. */
import type { Fields } from '../reading/items-in.ts';

/** The first that says something. */
export function pick(fields: Fields, ...names: readonly string[]): unknown {
  for (const name of names) {
    const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
    if (value !== undefined && value !== null && value !== '') return value;
  }
  return undefined;
}

export function textOf(fields: Fields, ...names: readonly string[]): string | null {
  const value = pick(fields, ...names);
  if (typeof value === 'string') return value.trim() === '' ? null : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

export function numberOf(fields: Fields, ...names: readonly string[]): number | null {
  const value = pick(fields, ...names);
  const number = typeof value === 'string' ? Number(value.replace(/%$/, '')) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}

export const isTrue = (fields: Fields, ...names: readonly string[]): boolean =>
  [true, 1, 'true', 'yes'].some((it) => it === pick(fields, ...names));

/** A list of words, also where somebody wrote one of them or several with commas. */
export function wordsOf(fields: Fields, ...names: readonly string[]): string[] {
  const value = pick(fields, ...names);
  const list = typeof value === 'string' ? value.split(/[,;\s]+/) : Array.isArray(value) ? value : [];
  const words = list.filter((it) => typeof it === 'string' || typeof it === 'number').map((it) => String(it).trim());
  return [...new Set(words.filter((it) => it !== ''))];
}

export const has = (fields: Fields, ...names: readonly string[]): boolean => pick(fields, ...names) !== undefined;
/** How many of these somebody has spoken of. */
export const spoken = (fields: Fields, ...names: readonly string[]): number =>
  names.filter((it) => Object.hasOwn(fields, it)).length;
