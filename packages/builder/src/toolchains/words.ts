/** What a job may say to a tool: words that can be nothing but the value of what they are meant for, never an option. */
import { BuildError } from '../build-error.ts';

export type Parameters = Readonly<Record<string, string>>;

const WORD = /^[\w][\w.+-]{0,99}$/;

/** Undefined where it is not given, or given empty. */
export function wordIn(parameters: Parameters, name: string, form: RegExp = WORD): string | undefined {
  const value = parameters[name];
  if (value === undefined || value === '') return undefined;
  if (form.test(value)) return value;
  throw new BuildError('code', `the parameter ${name} cannot be ${JSON.stringify(value.slice(0, 100))}`);
}

/** `property.<Name>`: what a job sets in the build files; sorted, so that the same ones are always the same command. */
export function propertiesIn(parameters: Parameters): readonly (readonly [string, string])[] {
  return Object.entries(parameters)
    .filter(([name]) => name.startsWith('property.'))
    .map(([name, value]) => [propertyName(name), value] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
}

function propertyName(parameter: string): string {
  const name = parameter.slice('property.'.length);
  if (/^[A-Za-z_][\w.-]{0,99}$/.test(name)) return name;
  throw new BuildError('code', `the parameter ${parameter.slice(0, 100)} names no property`);
}

/** A path below the checkout, as a word that no tool takes for anything else. */
export function pathIn(parameters: Parameters, name: string): string | undefined {
  const value = parameters[name];
  if (value === undefined) return undefined;
  if (/^[^-/\\][^\\]*$/.test(value) && !value.split('/').includes('..')) return value;
  throw new BuildError(
    'code',
    `the parameter ${name} must be a path below the repository, not ${JSON.stringify(value.slice(0, 100))}`,
  );
}

/** "1 project", "2 projects". */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
/** "12 of 50 projects", or "50 projects" when that is all of them. */
export const ofAll = (count: number, all: number, noun: string): string =>
  count === all ? counted(all, noun) : `${count} of ${counted(all, noun)}`;
