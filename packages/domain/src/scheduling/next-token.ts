/**
 * What a fencing token rises to. After a restore nobody knows which tokens were given out between the backup and the disaster,
 * so that all which come later are above any of those.
 */
import type { State } from '../state.ts';

export const nextToken = ({ yard }: Pick<State, 'yard'>, token: number): number =>
  Math.max(token, yard.tokensAbove ?? 0) + 1;
