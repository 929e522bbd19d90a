/** Everything that is done to a yard in a run. A new one is a file and its line here. */
import type { Act } from './act.ts';
import { breakNetwork } from './break-network.ts';
import { commitByHand } from './commit-by-hand.ts';
import { fillDisk } from './fill-disk.ts';
import { flipByte } from './flip-byte.ts';
import { freezeAgent } from './freeze-agent.ts';
import { killAgent } from './kill-agent.ts';

export const ACTS: readonly [Act, ...Act[]] = [killAgent, breakNetwork, freezeAgent, commitByHand, flipByte, fillDisk];
