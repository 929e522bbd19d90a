/**
 * The problem matchers that a recipe names: files of the repository in GitHub's format. Those that every build has may be named
 * as well. A file that is none is told of and left out; a finding that is missed makes no build fail.
 */
import { readText } from '../workspace-files.ts';
import { BUILT_IN_MATCHERS } from './built-in-matchers.ts';
import type { MatcherPattern, ProblemMatcher } from './problem-matcher.ts';

export interface ReadMatchers {
  readonly matchers: readonly ProblemMatcher[];
  readonly notes: readonly string[];
}

const FILES = 20;
const MATCHERS = 50;
const PATTERNS = 10;
const EXPRESSION_CHARACTERS = 2_000;
/** What people call them by. */
const KNOWN = new Set([...BUILT_IN_MATCHERS.map((it) => it.owner), 'eslint', 'clang', 'javac', 'csc']);
const GROUPS = ['file', 'line', 'column', 'severity', 'code', 'message'] as const;

export async function readMatchers(source: string, names: readonly string[]): Promise<ReadMatchers> {
  const matchers: ProblemMatcher[] = [];
  const notes: string[] = [];
  for (const name of names.filter((it) => !KNOWN.has(it)).slice(0, FILES)) {
    const text = await readText(source, name);
    const found = matchersIn(text);
    if (text === null)
      notes.push(`${name} is neither a problem matcher that every build has nor a file of the repository`);
    else if (found.length === 0) notes.push(`${name} holds no problem matchers that can be used`);
    matchers.push(...found);
  }
  return { matchers: matchers.slice(0, MATCHERS), notes };
}

function matchersIn(text: string | null): ProblemMatcher[] {
  if (text === null) return [];
  try {
    const value: unknown = JSON.parse(text);
    return listIn(value, 'problemMatcher').flatMap((it) => matcherOf(it) ?? []);
  } catch {
    // No JSON: told of as a file without matchers.
    return [];
  }
}

function matcherOf(value: unknown): ProblemMatcher | null {
  const owner = textIn(value, 'owner') ?? 'unnamed';
  const severity = (['error', 'warning', 'notice'] as const).find((it) => it === textIn(value, 'severity'));
  const given = listIn(value, 'pattern');
  const pattern = given.slice(0, PATTERNS).flatMap((it) => patternOf(it) ?? []);
  if (pattern.length === 0 || pattern.length < given.length) return null;
  return { owner: owner.slice(0, 100), ...(severity ? { severity } : {}), pattern };
}

function patternOf(value: unknown): MatcherPattern | null {
  const regexp = textIn(value, 'regexp');
  if (regexp === null || regexp.length > EXPRESSION_CHARACTERS) return null;
  const groups = GROUPS.map((name) => [name, fieldOf(value, name)] as const);
  const known = groups.filter(([, group]) => Number.isSafeInteger(group));
  return { regexp, ...Object.fromEntries(known), loop: fieldOf(value, 'loop') === true };
}

const fieldOf = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;

function textIn(value: unknown, name: string): string | null {
  const field = fieldOf(value, name);
  return typeof field === 'string' ? field : null;
}

function listIn(value: unknown, name: string): readonly unknown[] {
  const field = fieldOf(value, name);
  if (field === undefined) return [];
  return Array.isArray(field) ? field : [field];
}
