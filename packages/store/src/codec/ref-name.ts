/** Names of refs come from settings and go into lines of a protocol. What could end a line, or be no ref, stops here. */
import { StoreError } from '../errors.ts';

// Git's own rules, less the few that no sane name meets.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is forbidden
const FORBIDDEN = /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|[/.]$/;

export const isRefName = (ref: string): boolean => /^refs\/./.test(ref) && !FORBIDDEN.test(ref);

export function checkRefName(ref: string): string {
  if (isRefName(ref)) return ref;
  throw new StoreError('REMOTE_INVALID', `${JSON.stringify(ref)} is no name of a ref`, {
    hint: 'give a full name like refs/heads/yard',
  });
}
