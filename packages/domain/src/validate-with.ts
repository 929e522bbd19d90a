/** Runs one compiled validator, and says in a sentence what does not fit, with the words that people are told of patterns. */
import { type CompiledValidator, checkWith, type Validated } from './check-with.ts';
import { PATTERN_WORDS } from './entities/schema.ts';

export type { CompiledValidator, Validated } from './check-with.ts';

export const validateWith = <T>(validator: CompiledValidator, data: unknown): Validated<T> =>
  checkWith<T>(validator, data, PATTERN_WORDS);
