/** The shells that can learn to complete `gityard`. To add one: its file beside this, and a line here. */
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { powershell } from './powershell.ts';
import { type Completed, type Tables, tablesOf } from './tables.ts';
import { zsh } from './zsh.ts';

export const SHELLS = ['bash', 'zsh', 'fish', 'powershell'] as const;
type Shell = (typeof SHELLS)[number];

const TEXTS: Readonly<Record<Shell, (tables: Tables) => string>> = { bash, zsh, fish, powershell };

/** The text that teaches that shell. */
export const completionFor = (shell: Shell, commands: readonly Completed[]): string => TEXTS[shell](tablesOf(commands));
