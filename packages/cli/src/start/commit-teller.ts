/**
 * What an agent tells a host of the builds of its commits with: GITYARD_STATUS_TOKEN, and GITYARD_STATUS_API_URL for another host
 * than github.com. Its client is loaded when there is something to tell.
 */
import type { AgentOptions, CommitLook } from '@gityard/agent';
import { commitStatuses } from '@gityard/domain';
import { openOnce } from '../once.ts';
import { apiUrlIn } from './api-url.ts';

/** undefined: it was given no token. Throws what is wrong with the address. */
export function commitTeller(env: NodeJS.ProcessEnv): AgentOptions['tellCommits'] {
  const token = env.GITYARD_STATUS_TOKEN;
  if (!token) return undefined;
  const apiUrl = apiUrlIn(env, 'GITYARD_STATUS_API_URL');
  const told = new Map<string, string>();
  const opened = openOnce(() => openDesk({ apiUrl, token }));
  return async ({ state, now, signal }: CommitLook) => {
    const wanted = commitStatuses(state, now);
    if (wanted.length === 0 && told.size === 0) return null;
    const { host, mask, sendStatuses } = await opened();
    const { sent, unknown, left } = await sendStatuses({ wanted, told, host, mask, signal });
    const parts = [
      ...(sent > 0 ? [`${sent} told`] : []),
      ...(unknown > 0 ? [`${unknown} of commits that the host does not know`] : []),
      ...(left > 0 ? [`${left} left for the next time`] : []),
    ];
    return parts.length === 0 ? null : `statuses of commits: ${parts.join(', ')}`;
  };
}

async function openDesk({ apiUrl, token }: { apiUrl: string; token: string }) {
  const [{ openClient, RestStatusHost, sendStatuses }, { maskSecrets }] = await Promise.all([
    import('@gityard/monitor'),
    import('@gityard/yard'),
  ]);
  const client = await openClient({ apiUrl, token });
  return { host: new RestStatusHost({ client, apiUrl }), mask: maskSecrets, sendStatuses };
}
