/** A yard on this machine alone: a bare repository behind the embedded Git server, the API and the page on one port. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Api, startApi } from '@gityard/api';
import { type GitServer, startGitServer } from '@gityard/gitserver';
import { createYard, openYard, type Yard } from '@gityard/yard';
import { type FollowedYard, followYard } from './snapshot-source.ts';

export interface LocalYard {
  /** Where people, agents and git reach it. */
  readonly address: string;
  readonly page: string;
  /** The bare repository. */
  readonly repository: string;
  readonly yard: Yard;
  close(): Promise<void>;
}

/** Quick enough to watch, and without a push budget: the server is our own. */
const CONFIG = {
  name: 'yard',
  heartbeat: { intervalSeconds: 2 },
  lease: { seconds: 20 },
  poll: { seconds: 1 },
  push: { perMinute: 0 },
  health: { lateAfterIntervals: 1.5, silentAfterIntervals: 3, silentAtLeastSeconds: 6 },
};
const LOOK_EVERY_MS = 2_000;

export async function startLocalYard({ folder, port }: { folder: string; port: number }): Promise<LocalYard> {
  let followed: FollowedYard | undefined;
  const server: GitServer = await startGitServer({
    root: join(folder, 'repositories'),
    onRequest: ({ service, phase }) => {
      if (service === 'git-receive-pack' && phase === 'rpc') followed?.nudge();
    },
  });
  const repository = await server.createRepository('yard', { description: 'A yard of gityard up' });
  await createYard({ address: repository, actor: 'up', config: CONFIG });
  const yard = openYard({ address: repository, actor: 'up' });
  await yard.refresh();
  followed = followYard(yard, { everyMs: LOOK_EVERY_MS });

  const api: Api = await startApi({
    source: followed,
    pages: PAGES,
    port,
    mount: (request, response) => server.handle(request, response),
  });
  const close = async (): Promise<void> => {
    await followed.stop();
    await api.close();
    await yard.close();
    await server.close();
  };
  return { address: `${api.url}/yard.git`, page: `${api.url}/`, repository, yard, close };
}

/** The built page: beside the packages in a checkout. */
const PAGES = fileURLToPath(new URL('../../../../docs/', import.meta.url));
