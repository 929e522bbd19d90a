/**
 * What the parameters of a task may be: any JSON object that stays small. They come from chats and files, and a processor
 * reads them, so their size and depth are bounded here, once for every way in.
 */
const MOST_CHARACTERS = 50_000;
const DEEPEST = 20;

/** What is wrong with them, as a sentence; null when nothing is. */
export function parametersProblem(parameters: unknown): string | null {
  if (depthOf(parameters) > DEEPEST) return `the parameters are nested more than ${DEEPEST} deep`;
  const characters = JSON.stringify(parameters ?? {}).length;
  if (characters <= MOST_CHARACTERS) return null;
  return `the parameters are too long: ${characters} characters, at most ${MOST_CHARACTERS}`;
}

/** Stops where it is too deep already: what nests for ever must not exhaust us. */
function depthOf(value: unknown, depth = 0): number {
  if (typeof value !== 'object' || value === null || depth > DEEPEST) return depth;
  return Object.values(value).reduce<number>((deepest, it) => Math.max(deepest, depthOf(it, depth + 1)), depth + 1);
}
