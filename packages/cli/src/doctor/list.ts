/** Every check of the doctor, in the order in which one rests on another. */
import type { Check } from './check.ts';
import { checkGit, checkHome, checkIdentity, checkNode, checkPolicy } from './machine.ts';
import { checkSandbox } from './sandbox.ts';
import { checkSpool } from './spool.ts';
import { checkAgents, checkClock, checkFiles, checkPush, checkRefs, checkYard } from './yard.ts';

export const CHECKS: readonly Check[] = [
  { name: 'node', asks: 'machine', run: checkNode },
  { name: 'git', asks: 'machine', run: checkGit },
  { name: 'identity', asks: 'machine', run: checkIdentity },
  { name: 'home', asks: 'machine', run: checkHome },
  { name: 'policy', asks: 'machine', run: checkPolicy },
  { name: 'sandbox', asks: 'machine', run: checkSandbox },
  { name: 'spool', asks: 'machine', run: checkSpool },
  { name: 'yard', asks: 'yard', run: checkYard },
  { name: 'refs', asks: 'yard', run: checkRefs },
  { name: 'push', asks: 'yard', run: checkPush },
  { name: 'clock', asks: 'yard', run: checkClock },
  { name: 'agents', asks: 'yard', run: checkAgents },
  { name: 'files', asks: 'yard', run: checkFiles },
];
