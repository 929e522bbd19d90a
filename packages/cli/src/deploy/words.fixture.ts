/** Whether the program understands the words that a file starts it with. */

import { findCommand } from '../commands/find-command.ts';
import { COMMANDS } from '../commands/list.ts';
import { ACTING_FLAGS, GLOBAL_FLAGS } from '../globals.ts';
import { parseArguments } from '../parse-arguments.ts';

/** Throws what the program would say. Resolves with the name of the command. */
export async function understand(words: readonly string[]): Promise<string> {
  const found = findCommand(COMMANDS, words);
  if (found.sort === 'group') throw new Error(`gityard ${found.name} is no whole command`);
  const command = await found.entry.load();
  const common = command.acts ? { ...GLOBAL_FLAGS, ...ACTING_FLAGS } : GLOBAL_FLAGS;
  parseArguments({ ...common, ...command.parameters }, found.words);
  return command.name;
}

/** `backup` comes from elsewhere: where it is not part of the program yet, what is said of it cannot be judged. */
export const isKnown = (name: string): boolean => COMMANDS.some((it) => it.name === name);

/** Words of a shell, as far as files of ours use them: no quotes, no escapes. */
export const callsIn = (script: string): readonly (readonly string[])[] =>
  [...script.matchAll(/(?:^|[;&|]\s*|exec )gityard ([^;&|>\n]+)/gm)].map(([, words = '']) => words.trim().split(/\s+/));
