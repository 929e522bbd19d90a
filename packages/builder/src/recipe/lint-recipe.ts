/**
 * What is wrong with the text of a recipe, with its line and what was probably meant: the same for a build and for a person who
 * asks before the commit. A mistake is never read as something else, since it would show as a build that did less.
 */
import { type RecipeFile, SCHEMAS, validate } from '@gityard/domain';
import { didYouMean } from '@gityard/domain/did-you-mean';
import type { Document, LineCounter } from 'yaml';
import { isBelow } from '../artifacts/pattern.ts';
import { whyOneString } from './one-string.ts';

export interface RecipeFinding {
  readonly line: number | null;
  readonly column: number | null;
  readonly text: string;
  readonly hint: string | null;
}

export type CheckedRecipe =
  /** The warnings may be meant: a build finds out. */
  | { readonly ok: true; readonly file: RecipeFile; readonly warnings: readonly RecipeFinding[] }
  | { readonly ok: false; readonly findings: readonly RecipeFinding[] };

/** A few anchors can stand for gigabytes; a recipe needs none that many. */
const MOST_ALIASES = 20;
const MOST_FINDINGS = 50;
/** No file of a build description is longer; and its positions are looked up in memory. */
const MOST_CHARACTERS = 256 * 1024;

interface Text {
  readonly document: Document.Parsed;
  readonly lines: LineCounter;
}

export async function checkRecipe(text: string, name: string): Promise<CheckedRecipe> {
  if (text.length > MOST_CHARACTERS) return wrong([at(null, `is longer than ${MOST_CHARACTERS} characters`)]);
  const json = name.endsWith('.json') ? jsonError(text) : null;
  const { LineCounter, parseDocument } = await import('yaml');
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (json !== null || error) {
    const place = error ? lines.linePos(error.pos[0]) : null;
    return wrong([at(place, `cannot be read: ${error?.message.split('\n')[0] ?? json}`)]);
  }
  try {
    return check(document.toJS({ maxAliasCount: MOST_ALIASES }), { document, lines });
  } catch (error) {
    return wrong([at(null, `cannot be read: ${(error as Error).message.split('\n')[0]}`)]);
  }
}

/** `gityard.yml:3:5: unknown field artefacts; did you mean artifacts?` */
export function findingWords(name: string, { line, column, text, hint }: RecipeFinding): string {
  const place = [name, line, column].filter((it) => it !== null).join(':');
  return `${place}: ${text}${hint === null ? '' : `; ${hint}`}`;
}

function check(value: unknown, text: Text): CheckedRecipe {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    return wrong([at(null, 'must be an object with "toolchain", "stages" or "artifacts"')]);
  const unknown = unknownFields(value, SCHEMAS.recipe as Shape, []);
  if (unknown.length > 0)
    return wrong(unknown.map(({ path, hint }) => at(placeOf(text, path), `unknown field ${path.join('.')}`, hint)));
  const stages = stageFaults(value);
  if (stages.length > 0) return wrong(stages.map(({ path, says }) => at(placeOf(text, path), says)));
  const checked = validate('recipe', value);
  if (checked.ok) {
    const outside = outsideFaults(checked.value);
    return outside.length === 0
      ? { ok: true, file: checked.value, warnings: oneStrings(value, text) }
      : wrong(outside.map(({ path, says }) => at(placeOf(text, path), says)));
  }
  return wrong([...misfits(value, text)].sort((a, b) => (a.line ?? 0) - (b.line ?? 0)));
}

/** Of each field the first thing that does not fit: a person mends all of them at once. */
function misfits(value: object, text: Text): readonly RecipeFinding[] {
  const checked = validate('recipe', value);
  if (checked.ok) return [];
  const path = checked.at.split('/').slice(1);
  const [field = ''] = path;
  const says = isCommands(path) ? notACommand(path) : checked.reason;
  const others = Object.fromEntries(Object.entries(value).filter(([name]) => name !== field));
  const more = field === '' ? [] : misfits(others, text);
  return [at(placeOf(text, path), says), ...more];
}

interface Shape {
  readonly properties?: Readonly<Record<string, Shape>>;
}

function unknownFields(
  value: unknown,
  { properties }: Shape,
  path: readonly string[],
): readonly { readonly path: readonly string[]; readonly hint: string }[] {
  if (!properties || typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const known = Object.hasOwn(properties, key) ? properties[key] : undefined;
    if (known) return unknownFields(inner, known, [...path, key]);
    return [{ path: [...path, key], hint: hintOf(key, Object.keys(properties)) }];
  });
}

function hintOf(key: string, known: readonly string[]): string {
  const near = didYouMean(key, known);
  if (near !== undefined) return `did you mean ${near}?`;
  const words = known.filter((it) => /^[a-z]/.test(it));
  return `there ${words.length === 1 ? 'is' : 'are'} ${words.join(', ')}`;
}

interface Fault {
  readonly path: readonly string[];
  readonly says: string;
}

/** What a schema cannot tell of commands. */
function stageFaults(value: object): readonly Fault[] {
  const { stages, checks } = value as { stages?: unknown; checks?: unknown };
  const entries = typeof stages !== 'object' || stages === null ? [] : Object.entries(stages);
  const ofStages = entries.flatMap(([stage, it], index) => {
    const path = ['stages', stage];
    const before = entries.slice(0, index).find(([name]) => name.toLowerCase() === stage.toLowerCase());
    if (before) return [{ path, says: `stages.${stage} says again what stages.${before[0]} says` }];
    return commandFaults(path, it);
  });
  return [...ofStages, ...commandFaults(['checks'], checks)];
}

function oneStrings(
  { stages = {}, checks }: { stages?: object; checks?: unknown },
  text: Text,
): readonly RecipeFinding[] {
  const all = [
    ...Object.entries(stages).map(([stage, it]) => [['stages', stage], it] as const),
    [['checks'], checks] as const,
  ];
  return all.flatMap(([path, it]) =>
    programsIn(it).flatMap((program) => {
      const says = whyOneString(program);
      return says === null ? [] : [at(placeOf(text, path), `${path.join('.')}: ${says}`)];
    }),
  );
}

function programsIn(it: unknown): readonly string[] {
  if (!Array.isArray(it)) return [];
  const [first] = it as readonly unknown[];
  return typeof first === 'string' ? [first] : it.map((words: readonly string[]) => words[0] ?? '');
}

function commandFaults(path: readonly string[], it: unknown): readonly Fault[] {
  if (isMixed(it)) return [{ path, says: notACommand(path) }];
  if (hasNoProgram(it)) return [{ path, says: `${path.join('.')} holds a command that begins with no program` }];
  return [];
}

/** Only what lies in the repository is kept of a build. */
function outsideFaults({ artifacts, reports: { tests, coverage } }: RecipeFile): readonly Fault[] {
  const lists = [
    { path: ['artifacts'], patterns: artifacts },
    { path: ['reports', 'tests'], patterns: tests },
    { path: ['reports', 'coverage'], patterns: coverage },
  ];
  return lists.flatMap(({ path, patterns }) =>
    patterns.flatMap((it, index) =>
      isBelow(it)
        ? []
        : [{ path: [...path, `${index}`], says: `${path.join('.')}.${index} lies outside of the repository` }],
    ),
  );
}

/** Words beside lists of words: neither one command nor several. */
const isMixed = (it: unknown): boolean => Array.isArray(it) && new Set(it.map((part) => typeof part)).size > 1;

const hasNoProgram = (it: unknown): boolean =>
  Array.isArray(it) && (it[0] === '' || it.some((part) => Array.isArray(part) && part[0] === ''));

const notACommand = (path: readonly string[]): string =>
  `${path.slice(0, path[0] === 'stages' ? 2 : 1).join('.')} must be a command as a list of words, or a list of such commands, e.g. ["npm", "run", "build"]`;

const isCommands = ([field, ...rest]: readonly string[]): boolean =>
  field === 'checks' || (field === 'stages' && rest.length > 0);

/** Of the value at a path, or of what is nearest around it. */
function placeOf({ document, lines }: Text, path: readonly string[]): { line: number; col: number } | null {
  for (let length = path.length; length > 0; length--) {
    const offset = offsetOf(document, path.slice(0, length));
    if (offset !== undefined) return lines.linePos(offset);
  }
  return null;
}

/** A key stands before its value, and is what a person looks for. */
function offsetOf(document: Document.Parsed, path: readonly string[]): number | undefined {
  const parent = document.getIn(path.slice(0, -1), true);
  const key = path.at(-1);
  const items = (parent as { items?: readonly unknown[] } | undefined)?.items ?? [];
  const pairs = items as readonly { key?: { value?: unknown; range?: readonly number[] } | null; range?: number[] }[];
  const pair = pairs.find((it) => String(it?.key?.value) === key) ?? undefined;
  return pair?.key?.range?.[0] ?? pairs[Number(key)]?.range?.[0];
}

/** JSON is YAML as well, but not the other way round. */
function jsonError(text: string): string | null {
  try {
    JSON.parse(text);
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

const wrong = (findings: readonly RecipeFinding[]): CheckedRecipe => ({
  ok: false,
  findings: findings.slice(0, MOST_FINDINGS),
});

const at = (
  place: { readonly line: number; readonly col: number } | null,
  text: string,
  hint: string | null = null,
): RecipeFinding => ({ line: place?.line ?? null, column: place?.col ?? null, text, hint });
