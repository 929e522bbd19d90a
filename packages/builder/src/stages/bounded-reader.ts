/**
 * The matchers that a recipe brings, under a time limit: their expressions are written by strangers, and one that goes
 * astray would hold this thread for ever. Node can break off any code that it was told to run for so long at most, an
 * expression as well; a set of matchers that took this time of the processor is not asked again. On a machine that gave us
 * none meanwhile, it goes on with the line at which it was broken off.
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
/** The two clocks do not tick together. */
const SURE_PART = 0.8;
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
      let at = 0;
      inside.act = () => {
        for (; at < lines.length; at++) found[at] = reader.take((lines[at] ?? '').slice(0, LINE_CHARACTERS));
      };
      const before = process.cpuUsage();
      while (!endsInTime(() => script.runInContext(context, { timeout: CHUNK_MS }))) {
        if (usedMs(before) < CHUNK_MS * SURE_PART) continue;
        trouble = `the matchers of the recipe take too long, and are left out: ${owners}`;
        break;
      }
      return found;
    },
    get trouble() {
      return trouble;
    },
  };
}

function endsInTime(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error;
    return false;
  }
}

/** Of all threads of this process: what others take meanwhile makes us impatient, never endlessly patient. */
function usedMs(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
