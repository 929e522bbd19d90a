/** Unlike the state, what only reports may be made again where somebody removed it: nothing is decided by its past. */
import { StoreError } from '@gityard/store';

export async function orBegin<T>(write: () => Promise<T>, begin: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== 'BRANCH_MISSING') throw error;
    return begin();
  }
}
