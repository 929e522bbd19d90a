/** The findings of one build over all of its stages: the first ones, errors before warnings, each of them once. */

import { sep } from 'node:path';
import type { Annotation } from '@gityard/domain';
import type { Problem } from './match-problems.ts';
import { plainText } from './plain-text.ts';

export interface ProblemBook {
  add(problem: Problem): void;
  list(): Annotation[];
}

/** How many of each level a log tells; a result holds fewer. */
const OF_A_LEVEL = 200;
const LEVELS = ['error', 'warning', 'notice'] as const;

export function openProblemBook(source: string): ProblemBook {
  const byLevel = new Map<Problem['level'], Map<string, Annotation>>(LEVELS.map((level) => [level, new Map()]));
  return {
    add(problem) {
      const known = byLevel.get(problem.level);
      if (!known || known.size >= OF_A_LEVEL) return;
      const annotation = annotationOf(problem, source);
      known.set(JSON.stringify(annotation), annotation);
    },
    list: () => LEVELS.flatMap((level) => [...(byLevel.get(level)?.values() ?? [])]),
  };
}

function annotationOf({ level, file, line, column, code, message }: Problem, source: string): Annotation {
  const path = file && pathBelow(source, file);
  return {
    level,
    path,
    // A line of a file that nobody can open is a line of none.
    line: path ? line : null,
    column: path ? column : null,
    code: code && plainText(code),
    message: plainText(message.replace(/\s*\n\s*/g, ' ')).slice(0, 1_000) || 'no message',
  };
}

/** As the repository has it, or null: it lies elsewhere, or is none. */
function pathBelow(source: string, file: string): string | null {
  const whole = file
    .trim()
    .replaceAll('\\', '/')
    .replace(/^file:\/\//, '');
  const root = `${source.split(sep).join('/')}/`;
  const path = whole.startsWith(root) ? whole.slice(root.length) : whole.replace(/^(\.\/)+/, '');
  const isElsewhere = /^(\/|[A-Za-z]:|~)/.test(path) || path.split('/').includes('..');
  // "MSBUILD", "CSC": a tool that speaks of itself.
  const isWord = /^[A-Z]+$/.test(path);
  return isElsewhere || isWord || path === '' ? null : path.slice(0, 1_000);
}
