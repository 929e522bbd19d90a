/** Which keys an object may have: relative paths that every store, link and file system takes as they are. */
import { isSafePath } from '../artifacts/safe-path.ts';
import { StoreError } from './store-error.ts';

export function checkedKey(key: string): string {
  if (isSafePath(key)) return key;
  throw new StoreError('INVALID_DATA', `${JSON.stringify(key)} is no key of an object`, {
    hint: 'use a relative path with forward slashes',
  });
}

/** Keys of ours below a prefix of the place, `builds/ci` or nothing. */
export const joinedKey = (prefix: string, key: string): string => (prefix === '' ? key : `${prefix}/${key}`);
