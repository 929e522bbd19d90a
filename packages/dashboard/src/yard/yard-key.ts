/** What this browser remembers of a yard, it remembers under this: a name may be that of two yards. */
import type { ReadModel } from '@gityard/domain';

export const yardKey = ({ yardId, yard }: Pick<ReadModel, 'yard' | 'yardId'>): string => yardId ?? yard;
