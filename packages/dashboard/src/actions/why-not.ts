/** Why nothing can be done from the page as it is, and whether a token would change that. Pure. */
import type { Connection } from '../worker/protocol.ts';

export function whyNot({ state, source }: Pick<Connection, 'state' | 'source'>): { how: string; token: boolean } {
  if (state === 'past') return { how: 'You look at the past: go back to now to act.', token: false };
  if (source?.kind === 'folder') return { how: 'What you see is a copy; nothing can be changed in it.', token: false };
  if (source?.kind === 'api')
    return {
      how: 'This page may only look. To act, open the address that gityard printed when it was started: it holds a key.',
      token: false,
    };
  return {
    how: 'Nothing can be changed from here yet. A token that may write to the repository of the yard gives that right.',
    token: true,
  };
}
