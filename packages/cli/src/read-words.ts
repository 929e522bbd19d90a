/** Words of a command line to values, each with the sentence for a word that does not fit. Knows no flags. */
import { usageError } from './errors.ts';

export function readList(words: readonly string[], name: string): readonly string[] {
  const parts = words.flatMap((word) => word.split(',')).map((part) => part.trim());
  const given = [...new Set(parts.filter((part) => part !== ''))];
  if (words.length > 0 && given.length === 0) throw empty(name);
  return given;
}

/** An empty word is mostly a variable that was not set; taking it for "not given" would hide that. */
export function notEmpty(word: string | undefined, name: string): string | undefined {
  if (word?.trim() === '') throw empty(name);
  return word;
}

const empty = (name: string): Error => usageError(`${name} is empty`, 'give it a value (is a variable not set?)');

export function pairOf(word: string, name: string): [string, string] {
  const at = word.indexOf('=');
  if (at <= 0) throw usageError(`${name} ${word} has no name and value`, `write ${name} name=value`);
  return [word.slice(0, at), word.slice(at + 1)];
}

export interface Limits {
  readonly minimum?: number;
  readonly maximum?: number;
}

export function readWholeNumber(
  word: string | undefined,
  name: string,
  { minimum = 0, maximum = Number.MAX_SAFE_INTEGER }: Limits = {},
): number | undefined {
  if (word === undefined) return undefined;
  const value = Number(word);
  if (/^\d+$/.test(word) && value >= minimum && value <= maximum) return value;
  const range = maximum === Number.MAX_SAFE_INTEGER ? `from ${minimum} on` : `from ${minimum} to ${maximum}`;
  throw usageError(`${name} ${word} is no whole number ${range}`, 'write one in digits alone');
}

export function readChoice<T extends string>(
  word: string | undefined,
  name: string,
  choices: readonly T[],
): T | undefined {
  if (word === undefined) return undefined;
  const found = choices.find((choice) => choice.toLowerCase() === word.toLowerCase());
  if (found === undefined) throw usageError(`${name} ${word} is not known`, `choose one of ${choices.join(', ')}`);
  return found;
}

const DAY_MS = 86_400_000;
/** Ten years: what is meant to last longer is a slip of the hand, and dates come to an end. */
const LONGEST_DAYS = 3650;
const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS };

/** A bare number is seconds, as in the scripts of old. */
export function readDuration(word: string | undefined, name: string): number | undefined {
  if (word === undefined) return undefined;
  const [, amount, unit = 's'] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)?$/.exec(word) ?? [];
  const factor = UNITS[unit];
  if (amount === undefined || factor === undefined)
    throw usageError(`${name} ${word} is no length of time`, 'write 90s, 10m, 2h or 7d; a bare number is seconds');
  const ms = Math.round(Number(amount) * factor);
  if (ms <= LONGEST_DAYS * DAY_MS) return ms;
  throw usageError(`${name} ${word} is too long`, `give it ${LONGEST_DAYS}d at most`);
}

const SIZES: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1e3,
  mb: 1e6,
  gb: 1e9,
  tb: 1e12,
  kib: 2 ** 10,
  mib: 2 ** 20,
  gib: 2 ** 30,
  tib: 2 ** 40,
};

/** In bytes. */
export function readSize(word: string | undefined, name: string): number | undefined {
  if (word === undefined) return undefined;
  const [, digits = '', unit = ''] = /^(\d+(?:\.\d+)?) ?([a-z]*)$/i.exec(word) ?? [];
  const bytes = Math.round(Number(digits) * (SIZES[unit.toLowerCase()] ?? Number.NaN));
  if (digits !== '' && Number.isSafeInteger(bytes)) return bytes;
  throw usageError(`${name} ${word} is no size`, 'write a number and a unit, e.g. 500MB or 10GB');
}
