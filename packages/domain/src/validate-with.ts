/**
 * Runs one compiled validator, and says in a sentence what does not fit, with the words that people are told of patterns, and
 * where one of a few words must stand the one that was probably meant.
 */
import { type CompiledValidator, checkWith, type Validated } from './check-with.ts';
import { didYouMean } from './did-you-mean.ts';
import { PATTERN_WORDS } from './entities/schema.ts';

export type { CompiledValidator, Validated } from './check-with.ts';

export function validateWith<T>(validator: CompiledValidator, data: unknown): Validated<T> {
  const checked = checkWith<T>(validator, data, PATTERN_WORDS);
  if (checked.ok) return checked;
  const near = nearestTo(valueAt(data, checked.at), validator.errors?.[0]?.params.allowedValues);
  return near === undefined ? checked : { ...checked, reason: `${checked.reason}; did you mean "${near}"?` };
}

function nearestTo(said: unknown, allowed: unknown): string | undefined {
  if (typeof said !== 'string' || !Array.isArray(allowed)) return undefined;
  return didYouMean(
    said,
    allowed.filter((it) => typeof it === 'string'),
  );
}

const valueAt = (data: unknown, pointer: string): unknown =>
  pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((value, key) => (value as Readonly<Record<string, unknown>> | undefined)?.[key], data);
