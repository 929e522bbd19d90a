/** Runs one compiled validator and turns its first complaint into a place and a sentence. Knows no entity, and no words for patterns but those that it is given. */

/** The shape of what `npm run schemas` compiles. */
export interface CompiledValidator {
  (data: unknown): boolean;
  errors?:
    | readonly {
        instancePath: string;
        keyword: string;
        message?: string;
        params: Record<string, unknown>;
      }[]
    | null;
}

export type Validated<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly at: string; readonly reason: string };

/** By pattern, what a person is told who breaks it. */
export type PatternWords = Readonly<Record<string, string>>;

export function checkWith<T>(validator: CompiledValidator, data: unknown, words: PatternWords): Validated<T> {
  if (validator(data)) return { ok: true, value: data as T };
  const error = validator.errors?.[0];
  const at = error?.instancePath ?? '';
  const reason = error ? sayComplaint(error, words) : 'does not fit its schema';
  return { ok: false, at, reason: `${at === '' ? 'it' : wordsOf(at)} ${reason}` };
}

/** "/attempts/0/token" is "attempts.0.token" to people. */
const wordsOf = (pointer: string): string =>
  pointer.slice(1).replaceAll('/', '.').replaceAll('~1', '/').replaceAll('~0', '~');

/** One of Ajv's. */
export type Complaint = Pick<NonNullable<CompiledValidator['errors']>[number], 'keyword' | 'message' | 'params'>;

/** What Ajv complains about, by keyword, in words; the rest is said as Ajv says it. */
const SENTENCES: Readonly<Record<string, (params: Complaint['params']) => string>> = {
  enum: ({ allowedValues }) =>
    `must be one of ${(allowedValues as unknown[]).map((it) => JSON.stringify(it)).join(', ')}`,
  additionalProperties: ({ additionalProperty }) => `has the unknown field "${String(additionalProperty)}"`,
  required: ({ missingProperty }) => `lacks "${String(missingProperty)}"`,
  format: ({ format }) =>
    format === 'date-time' ? 'must be a time like 2026-01-31T12:00:00Z' : `must be a ${String(format)}`,
  type: ({ type }) => `must be ${typeWords(type)}`,
  minimum: ({ limit }) => `must be at least ${String(limit)}`,
  maximum: ({ limit }) => `must be at most ${String(limit)}`,
  minLength: ({ limit }) => `must have at least ${String(limit)} characters`,
  maxLength: ({ limit }) => `must have at most ${String(limit)} characters`,
  minItems: ({ limit }) => `must have at least ${String(limit)} ${limit === 1 ? 'entry' : 'entries'}`,
  maxItems: ({ limit }) => `must have at most ${String(limit)} entries`,
  maxProperties: ({ limit }) => `must have at most ${String(limit)} entries`,
  uniqueItems: () => 'must not say the same twice',
};

/** The end of a sentence that begins with the place. */
export function sayComplaint({ keyword, message, params }: Complaint, words: PatternWords): string {
  if (keyword === 'pattern') return words[String(params.pattern)] ?? `must look like ${String(params.pattern)}`;
  return SENTENCES[keyword]?.(params) ?? message ?? 'does not fit its schema';
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a text',
  integer: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};
const typeWords = (type: unknown): string =>
  (Array.isArray(type) ? type : [type]).map((it) => TYPE_WORDS[String(it)] ?? String(it)).join(' or ');
