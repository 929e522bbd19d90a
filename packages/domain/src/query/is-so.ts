/** Whether an expression holds of a state. What is compared is compared as the kind of thing that it is. */
import type { State } from '../state.ts';
import type { Time } from '../time.ts';
import type { Expression, Sign } from './expression.ts';
import { factAt } from './facts.ts';

export function isSo(expression: Expression, state: State, now: Time): boolean {
  switch (expression.sort) {
    case 'any':
      return expression.of.some((it) => isSo(it, state, now));
    case 'all':
      return expression.of.every((it) => isSo(it, state, now));
    case 'not':
      return !isSo(expression.of, state, now);
    case 'holds':
      return Boolean(factAt(state, expression.path, now));
    case 'compares':
      return compares(factAt(state, expression.path, now), expression);
  }
}

interface Comparison {
  readonly sign: Sign;
  readonly word: string;
}

function compares(fact: unknown, { sign, word }: Comparison): boolean {
  if (sign === '==') return isEqual(fact, word);
  if (sign === '!=') return !isEqual(fact, word);
  const order = typeof fact === 'number' ? fact - amountOf(word) : orderOfTexts(fact, word);
  if (sign === '<') return order < 0;
  if (sign === '<=') return order <= 0;
  return sign === '>' ? order > 0 : order >= 0;
}

function isEqual(fact: unknown, word: string): boolean {
  if (fact === undefined || fact === null) return word === 'null';
  if (typeof fact === 'number') return fact === amountOf(word);
  return typeof fact === 'object' ? JSON.stringify(fact) === word : String(fact) === word;
}

/** Times order themselves as texts do; what is not there is neither before nor after anything. */
function orderOfTexts(fact: unknown, word: string): number {
  if (typeof fact !== 'string') return Number.NaN;
  return fact < word ? -1 : Number(fact > word);
}

const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** A number, or a length of time in seconds. NaN compares with nothing. */
function amountOf(word: string): number {
  const [, amount, unit] = /^(-?\d+(?:\.\d+)?)([smhd])?$/.exec(word) ?? [];
  return amount === undefined ? Number.NaN : Number(amount) * (unit === undefined ? 1 : (SECONDS[unit] ?? 1));
}
