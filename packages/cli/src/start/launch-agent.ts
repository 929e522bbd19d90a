/**
 * Whether `gityard agent run` is to run the agent itself, or to start the program that was chosen for it and to watch over that
 * one: where its owner has allowed updates, there is a choice of programs in its folder. All others pay nothing for it.
 */
import { findCommand } from '../commands/find-command.ts';
import { COMMANDS } from '../commands/list.ts';
import { launchedBy } from './launched-by.ts';
import { homePath } from './user-config.ts';

/** Who runs for one job, or only asks for help, has no use for another program. */
const ALONE = ['--once', '--help', '-h'];

/** The exit code; undefined: this process is to run the command itself. */
export async function launchAgent(words: readonly string[], env: NodeJS.ProcessEnv): Promise<number | undefined> {
  if (words.some((it) => ALONE.includes(it)) || 'launcher' in launchedBy(env)) return undefined;
  if (!isAgentRun(words)) return undefined;
  const home = homePath(env);
  const { readPrograms } = await import('@gityard/agent/programs');
  if ((await readPrograms(home).catch(() => undefined)) === undefined) return undefined;
  const { launch } = await import('./launcher.ts');
  return launch(home, words);
}

/** What is no command at all, the program tells. */
function isAgentRun(words: readonly string[]): boolean {
  if (!words.includes('agent') || !words.includes('run')) return false;
  try {
    const found = findCommand(COMMANDS, words);
    return found.sort === 'command' && found.entry.name === 'agent run';
  } catch {
    return false;
  }
}
