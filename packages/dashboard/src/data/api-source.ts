/** The daemon that serves this page, followed over server-sent events. */
import { type FollowYard, followYard } from '@gityard/api/client';
import type { Source } from './source.ts';
import { visibleText } from './visible-text.ts';

export function apiSource(url: string, options: Pick<FollowYard, 'fetch'> = {}): Source {
  return {
    address: new URL(url).origin,
    follow: (listener) =>
      followYard({
        url,
        ...options,
        // Here and nowhere else: whatever a panel draws has passed this door.
        onSnapshot: (model) => listener({ kind: 'snapshot', model: visibleText(model) }),
        onConnection: (connection) => listener({ kind: 'connection', connection }),
      }),
  };
}
