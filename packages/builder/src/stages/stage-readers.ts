/** Readers of what a stage prints: their findings go into the book of the build, matchers of the recipe help to see them. */
import type { BuildContext } from '../build-context.ts';
import type { Plan } from '../toolchains/toolchain.ts';
import { type OutputReader, openOutputReader } from './output-reader.ts';
import { readMatchers } from './read-matchers.ts';

export async function stageReaders({ found, folders, note }: BuildContext, plan: Plan): Promise<() => OutputReader> {
  const { matchers, notes } = await readMatchers(folders.source, found.recipe.matchers);
  for (const text of notes) note('warning', text);
  return () => openOutputReader({ problems: found.problems, matchers: [...plan.matchers, ...matchers] });
}
