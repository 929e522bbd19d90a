/** Every check of the program by itself, in the order in which one rests on another. None of them needs a yard of anybody's. */
import type { Check } from '../doctor/check.ts';
import { checkGit, checkNode } from '../doctor/machine.ts';
import { checkClock, checkTemporary } from './machine.ts';
import { checkOwnFiles } from './own-files.ts';
import { checkValidators, checkVersion } from './program.ts';
import { checkTrialYard } from './trial-yard.ts';

export const SELF_CHECKS: readonly Check[] = [
  { name: 'program', asks: 'machine', run: checkVersion },
  { name: 'files', asks: 'machine', run: () => checkOwnFiles() },
  { name: 'node', asks: 'machine', run: checkNode },
  { name: 'git', asks: 'machine', run: checkGit },
  { name: 'schemas', asks: 'machine', run: checkValidators },
  { name: 'temporary', asks: 'machine', run: () => checkTemporary() },
  { name: 'clock', asks: 'machine', run: () => checkClock() },
  { name: 'trial', asks: 'machine', run: () => checkTrialYard() },
];
