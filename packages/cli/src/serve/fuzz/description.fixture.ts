/** The description that a server gives of itself, as something to ask by and to hold answers against. */
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Schema } from './values.fixture.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}
type Content = Readonly<Record<string, { readonly schema: Schema }>>;
interface Described {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Content };
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>;
}
export interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly described: Described;
}

export const operationsOf = ({ paths }: Description): readonly Operation[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, described]) => ({
      ...{ name: described.operationId, method: method.toUpperCase(), path, described },
    })),
  );

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}
/** As sentences; none: the answer is one of those described. */
export type Judge = (operation: Operation, answer: Answer) => readonly string[];

export function judgeBy({ components }: Description): Judge {
  const ajv = new Ajv2020({ strict: false });
  formats.default(ajv);
  const checks = new Map<Schema, ValidateFunction>();
  const checkOf = (schema: Schema): ValidateFunction => {
    const check = checks.get(schema) ?? ajv.compile({ ...schema, components });
    checks.set(schema, check);
    return check;
  };
  return ({ described: { responses } }, { status, type, body }) => {
    const response = responses[status];
    if (status >= 500) return [`answered ${status}: ${body}`];
    if (!response) return [`the answer ${status} is not described: ${body.slice(0, 300)}`];
    if (!response.content) return body === '' ? [] : [`the answer ${status} has a body`];
    const schema = response.content[type]?.schema;
    if (!schema) return [`the answer ${status} is not described as ${type}`];
    if (!/json$/.test(type)) return [];
    const check = checkOf(schema);
    return check(JSON.parse(body)) ? [] : [`the answer ${status} does not fit: ${ajv.errorsText(check.errors)}`];
  };
}
