/**
 * The matchers that a recipe brings, under a time limit: their expressions are written by strangers, and one that goes
 * astray would hold this thread for ever. Node can break off any code that it was told to run for so long at most, an
 * expression as well; a set of matchers to which that happened is not asked again.
 */
import { createContext, Script } from 'node:vm';
import { openProblemReader, type Problem } from './match-problems.ts';
import type { ProblemMatcher } from './problem-matcher.ts';

export interface BoundedReader {
  take(lines: readonly string[]): (Problem | null)[];
  /** Why it no longer reads. */
  readonly trouble: string | null;
}

const CHUNK_MS = 250;
const LINE_CHARACTERS = 8_192;

export function openBoundedReader(matchers: readonly ProblemMatcher[]): BoundedReader {
  const inside: { act: () => void } = { act: () => undefined };
  const context = createContext(inside);
  const script = new Script('act()');
  const owners = matchers.map((it) => it.owner).join(', ');
  let trouble: string | null = null;
  let reader = openProblemReader([]);
  try {
    reader = openProblemReader(matchers);
  } catch (error) {
    trouble = `the matchers of the recipe cannot be used (${owners}): ${(error as Error).message}`;
  }
  return {
    take(lines) {
      const found: (Problem | null)[] = lines.map(() => null);
      if (trouble !== null) return found;
      inside.act = () => {
        for (const [index, line] of lines.entries()) found[index] = reader.take(line.slice(0, LINE_CHARACTERS));
      };
      try {
        script.runInContext(context, { timeout: CHUNK_MS });
      } catch (error) {
        if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
        trouble = `the matchers of the recipe take too long, and are left out: ${owners}`;
      }
      return found;
    },
    get trouble() {
      return trouble;
    },
  };
}
