/** Every check of the program by itself, in the order in which one rests on another. None of them needs a yard of anybody's. */
import type { Check } from '../doctor/check.ts';
import { checkGit, checkNode } from '../doctor/machine.ts';
import { checkTemporary } from '../doctor/resources.ts';
import { checkClock } from './clock.ts';
import { checkOwnFiles } from './own-files.ts';
import { checkValidators, checkVersion } from './program.ts';
import { checkTrialYard } from './trial-yard.ts';

const CHECKS: readonly Omit<Check, 'asks'>[] = [
  { name: 'program', looks: 'which program this is', run: checkVersion },
  { name: 'files', looks: 'whether its files are as they were packed', run: () => checkOwnFiles() },
  { name: 'node', looks: 'the version of Node.js', run: checkNode },
  { name: 'git', looks: 'the version of git', run: checkGit },
  { name: 'schemas', looks: 'whether it knows a good file from a bad one', run: checkValidators },
  { name: 'temporary', looks: 'the folder for temporary files', run: checkTemporary },
  { name: 'clock', looks: 'whether this clock can be right', run: () => checkClock() },
  { name: 'trial', looks: 'a build in a yard of its own', run: () => checkTrialYard() },
];

export const SELF_CHECKS: readonly Check[] = CHECKS.map((it) => ({ ...it, asks: 'machine' }));
