/** Every command of the extension, written by hand; each has its words in package.json, and a spec holds both together. */
import { ADD_COMMANDS } from './add-commands.ts';
import { AGENT_COMMANDS } from './agent-commands.ts';
import type { Command } from './command.ts';
import { JOB_COMMANDS } from './job-commands.ts';
import { MESSAGE_COMMANDS } from './message-commands.ts';
import { WINDOW_COMMANDS } from './window-commands.ts';

export const COMMANDS: readonly Command[] = [
  ...ADD_COMMANDS,
  ...JOB_COMMANDS,
  ...AGENT_COMMANDS,
  ...MESSAGE_COMMANDS,
  ...WINDOW_COMMANDS,
];
