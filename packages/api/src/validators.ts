/** Checks what a request says against the schemas of its endpoint, and says in a sentence what does not fit. */
import { PATTERN_WORDS, sayComplaint } from '@gityard/domain';
import { didYouMean } from '@gityard/domain/did-you-mean';
import { Ajv2020, type DefinedError } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { FastifyInstance, FastifySchemaValidationError } from 'fastify';
import type { Problem } from './problem.ts';

// Verbose: a complaint brings along the schema that it is about, and with it the words for people.
const COMMON = { strict: true, allowUnionTypes: true, useDefaults: true, verbose: true } as const;

// Words of an address are all texts; in a body a number is a number.
const OF_ADDRESS = new Ajv2020({ ...COMMON, coerceTypes: true });
// The schemas of wishes have defaults in places where nobody fills them.
const OF_BODY = new Ajv2020({ ...COMMON, strictSchema: false });
for (const ajv of [OF_ADDRESS, OF_BODY]) formats.default(ajv);

export function useValidators(app: FastifyInstance): void {
  app.setValidatorCompiler(({ schema, httpPart }) =>
    (httpPart === 'body' ? OF_BODY : OF_ADDRESS).compile(schema as object),
  );
  // Answers are held to their schemas by specs; here they need not be taken apart a second time.
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
}

export function unfit(errors: readonly FastifySchemaValidationError[]): Problem {
  const error = mostTelling(errors as readonly DefinedError[]);
  if (!error) return { status: 400, code: 'INVALID_DATA', detail: 'the request does not fit its description' };
  const at = error.instancePath.slice(1).replaceAll('/', '.');
  return { status: 400, code: 'INVALID_DATA', detail: `${at === '' ? 'the request' : at} ${sentence(error)}` };
}

/** Of forms that a request may have, the one that was meant most likely: it knows the most of what was sent. */
function mostTelling(errors: readonly DefinedError[]): DefinedError | undefined {
  const complaints = errors.filter(({ keyword }) => keyword !== 'anyOf' && keyword !== 'oneOf');
  const depthOf = ({ instancePath }: DefinedError): number => instancePath.split('/').length;
  return complaints.sort((a, b) => depthOf(b) - depthOf(a) || knownIn(b) - knownIn(a))[0];
}

function knownIn({ parentSchema, data }: DefinedError): number {
  const known = (parentSchema as { readonly properties?: object } | undefined)?.properties ?? {};
  return typeof data === 'object' && data !== null
    ? Object.keys(data).filter((it) => Object.hasOwn(known, it)).length
    : 0;
}

function sentence(error: DefinedError): string {
  const { description } = (error.parentSchema ?? {}) as { readonly description?: string };
  if (error.keyword === 'enum') return choiceOf(error.params.allowedValues, error.data);
  const worded = error.keyword === 'pattern' && Object.hasOwn(PATTERN_WORDS, error.params.pattern);
  // What it has to be stands before the colon, what it is for behind it.
  if (description !== undefined && !worded && (error.keyword === 'pattern' || error.keyword === 'format'))
    return `must be ${description.split(': ', 1)[0]}`;
  if (error.keyword === 'type' && [error.params.type].flat().includes('object')) return 'must be a JSON object';
  if (error.keyword === 'minLength' && error.params.limit === 1) return 'must not be empty';
  return sayComplaint({ ...error, params: { ...error.params } }, PATTERN_WORDS);
}

function choiceOf(allowed: readonly unknown[], said: unknown): string {
  const words = allowed.map(String);
  const near = typeof said === 'string' ? didYouMean(said, words) : undefined;
  return `must be one of ${words.join(', ')}${near === undefined ? '' : `; did you mean ${near}?`}`;
}
