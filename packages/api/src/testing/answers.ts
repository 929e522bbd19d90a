/** Holds answers of a server against the description that it gives of itself. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { wholeDescription } from '../openapi/whole-description.ts';
import type { RawAnswer } from './world.ts';

interface Answered {
  readonly content?: Readonly<Record<string, { readonly schema: object }>>;
}
interface Operation {
  readonly operationId: string;
  readonly responses: Readonly<Record<string, Answered>>;
}
interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
}

let description: Promise<Description> | undefined;

/** As sentences; none: it is as described. */
export async function answerProblems(name: string, answer: RawAnswer): Promise<readonly string[]> {
  description ??= wholeDescription() as Promise<Description>;
  const { paths, components } = await description;
  const operations = Object.values(paths).flatMap((it) => Object.values(it));
  const answered = operations.find((it) => it.operationId === name)?.responses[answer.status];
  if (!answered) return [`${name} has no answer ${answer.status}`];
  const type = answer.headers['content-type']?.split(';', 1)[0] ?? '';
  if (!answered.content) return answer.body === '' ? [] : [`${name} answers ${answer.status} without a body`];
  const schema = answered.content[type]?.schema;
  if (!schema) return [`${name} does not answer ${answer.status} in ${type}`];
  if (!type.endsWith('json')) return [];
  const check = compiled(schema, components);
  return check(JSON.parse(answer.body)) ? [] : (check.errors ?? []).map((it) => `${it.instancePath} ${it.message}`);
}

function compiled(schema: object, components: Description['components']): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  formats.default(ajv);
  return ajv.compile({ ...schema, components });
}
