/**
 * Checks values against a schema by reading it, for pages: there a schema as data is a tenth of the compiled validator. Knows
 * the keywords that our schemas use, and refuses others at once. A spec holds it to the verdicts of the compiled ones.
 */
import type { CompiledValidator } from './validate-with.ts';

export type Schema = Readonly<Record<string, unknown>>;
type Fault = NonNullable<CompiledValidator['errors']>[number];
type Values = Record<string, unknown>;
/**
 * undefined: nothing is wrong. A rule knows its value and not where that stands: a place is put together on the way back from
 * a fault, because a snapshot has tens of thousands of values and no fault.
 */
type Rule = (value: unknown) => Fault | undefined;

export function validatorOf(schema: Schema): CompiledValidator {
  let rule: Rule | undefined;
  const validate: CompiledValidator = (data) => {
    rule ??= ruleOf(schema);
    const fault = rule(data);
    validate.errors = fault ? [fault] : null;
    return fault === undefined;
  };
  return validate;
}

function ruleOf(schema: Schema): Rule {
  const rules = KEYWORDS.flatMap(([keyword, make]) =>
    schema[keyword] === undefined ? [] : [make(schema[keyword] as never, schema)],
  );
  const unknown = Object.keys(schema).find((it) => !KNOWN.has(it));
  if (unknown !== undefined) throw new Error(`the keyword ${unknown} is not known here`);
  const [only] = rules;
  if (only && rules.length === 1) return only;
  return (value) => {
    for (const rule of rules) {
      const fault = rule(value);
      if (fault) return fault;
    }
    return undefined;
  };
}

const isObject = (value: unknown): value is Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  string: isText,
  number: isNumber,
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  null: (value) => value === null,
  array: Array.isArray,
  object: isObject,
};

/** A keyword that says something of values of one sort, and nothing of others. */
function limit<T, L>(
  keyword: string,
  { of, name, holds }: { of: (value: unknown) => value is T; name: string; holds: (value: T, limit: L) => boolean },
): [string, (limit: L) => Rule] {
  return [
    keyword,
    (wanted) => (value) =>
      !of(value) || holds(value, wanted) ? undefined : { instancePath: '', keyword, params: { [name]: wanted } },
  ];
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);
const isAny = (_value: unknown): _value is unknown => true;
const isNever = (_value: unknown): boolean => false;

/** In the order in which the compiled validators look, so that the first complaint is the same. */
const KEYWORDS: readonly (readonly [string, (wanted: never, schema: Schema) => Rule])[] = [
  ['type', typeRule],
  limit('maximum', { of: isNumber, name: 'limit', holds: (value, most: number) => value <= most }),
  limit('minimum', { of: isNumber, name: 'limit', holds: (value, least: number) => value >= least }),
  limit('maxLength', {
    of: isText,
    name: 'limit',
    holds: (value, most: number) => value.length <= most || lengthOf(value) <= most,
  }),
  limit('minLength', { of: isText, name: 'limit', holds: (value, least: number) => lengthOf(value) >= least }),
  ['pattern', patternRule],
  limit('format', {
    of: isText,
    name: 'format',
    holds: (value, format: string) => format === 'date-time' && isTime(value),
  }),
  limit('enum', { of: isAny, name: 'allowedValues', holds: (value, all: readonly unknown[]) => all.includes(value) }),
  ['items', (schema: Schema) => eachRule(ruleOf(schema))],
  limit('maxItems', { of: isList, name: 'limit', holds: (value, most: number) => value.length <= most }),
  limit('minItems', { of: isList, name: 'limit', holds: (value, least: number) => value.length >= least }),
  limit('uniqueItems', { of: isList, name: 'i', holds: (value) => new Set(value.map(asText)).size === value.length }),
  ['propertyNames', (schema: Schema) => namesRule(ruleOf(schema))],
  ['additionalProperties', othersRule],
  ['properties', propertiesRule],
  limit('maxProperties', {
    of: isObject,
    name: 'limit',
    holds: (value, most: number) => Object.keys(value).length <= most,
  }),
  ['required', requiredRule],
];
const KNOWN = new Set([...KEYWORDS.map(([keyword]) => keyword), 'default', 'description', 'title', '$schema', '$id']);

const lengthOf = (text: string): number => [...text].length;
const asText = (value: unknown): string => JSON.stringify(value);
const under = (key: string | number, { instancePath, ...fault }: Fault): Fault => ({
  ...fault,
  instancePath: `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}${instancePath}`,
});

function typeRule(type: string | string[]): Rule {
  const [is = isNever, ...others] = [type].flat().map((it) => TYPES[it] ?? isNever);
  const isOther = others.length === 0 ? isNever : (value: unknown) => others.some((test) => test(value));
  return (value) => (is(value) || isOther(value) ? undefined : { instancePath: '', keyword: 'type', params: { type } });
}

function patternRule(pattern: string): Rule {
  const expression = new RegExp(pattern, 'u');
  return (value) =>
    !isText(value) || expression.test(value)
      ? undefined
      : { instancePath: '', keyword: 'pattern', params: { pattern } };
}

const eachRule =
  (rule: Rule): Rule =>
  (value) => {
    if (!isList(value)) return undefined;
    for (let index = 0; index < value.length; index++) {
      const fault = rule(value[index]);
      if (fault) return under(index, fault);
    }
    return undefined;
  };

const namesRule =
  (rule: Rule): Rule =>
  (value) => {
    for (const key of isObject(value) ? Object.keys(value) : []) {
      const fault = rule(key);
      if (fault) return fault;
    }
    return undefined;
  };

function othersRule(wanted: Schema | boolean, { properties = {} }: Schema): Rule {
  const named = new Set(Object.keys(properties as object));
  const rule: Rule = typeof wanted === 'object' ? ruleOf(wanted) : () => undefined;
  return (value) => {
    for (const key of isObject(value) ? Object.keys(value) : []) {
      if (named.has(key)) continue;
      if (wanted === false)
        return { instancePath: '', keyword: 'additionalProperties', params: { additionalProperty: key } };
      const fault = rule((value as Values)[key]);
      if (fault) return under(key, fault);
    }
    return undefined;
  };
}

function propertiesRule(wanted: Readonly<Record<string, Schema>>): Rule {
  const all = Object.entries(wanted).map(([key, schema]) => ({ key, fallback: schema.default, rule: ruleOf(schema) }));
  const filled = all.filter(({ fallback }) => fallback !== undefined);
  return (value) => {
    if (!isObject(value)) return undefined;
    for (const { key, fallback } of filled) if (value[key] === undefined) value[key] = ownCopy(fallback);
    for (const { key, rule } of all) {
      const fault = value[key] === undefined ? undefined : rule(value[key]);
      if (fault) return under(key, fault);
    }
    return undefined;
  };
}

/** Nobody who changes what was filled in may change the schema. */
const ownCopy = (fallback: unknown): unknown =>
  typeof fallback === 'object' ? JSON.parse(asText(fallback)) : fallback;

function requiredRule(keys: readonly string[]): Rule {
  return (value) => {
    if (!isObject(value)) return undefined;
    for (const key of keys)
      if (value[key] === undefined) return { instancePath: '', keyword: 'required', params: { missingProperty: key } };
    return undefined;
  };
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)[Tt\s](\d\d):(\d\d):(\d\d(?:\.\d+)?)(?:[zZ]|([+-])(\d\d)(?::?(\d\d))?)$/;

/** As all our programs write it. Nearly every time is like this, and is known by it much sooner. */
const USUAL = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** RFC 3339, with a leap second where one can be. */
function isTime(text: string): boolean {
  if (USUAL.test(text)) return true;
  const [, year, month, day, hour, minute, second, sign, awayHours = 0, awayMinutes = 0] = TIME.exec(text) ?? [];
  if (year === undefined || !isDay(Number(year), Number(month), Number(day))) return false;
  if (Number(awayHours) > 23 || Number(awayMinutes) > 59) return false;
  if (Number(hour) <= 23 && Number(minute) <= 59 && Number(second) < 60) return true;
  const east = sign === '-' ? -1 : 1;
  const utcMinute = Number(minute) - Number(awayMinutes) * east;
  const utcHour = Number(hour) - Number(awayHours) * east - Number(utcMinute < 0);
  return [23, -1].includes(utcHour) && [59, -1].includes(utcMinute) && Number(second) < 61;
}

function isDay(year: number, month: number, day: number): boolean {
  if (month < 1 || month > 12 || day < 1) return false;
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? 28 + Number(isLeap) : 30 + ((month + Number(month > 7)) % 2);
  return day <= days;
}
