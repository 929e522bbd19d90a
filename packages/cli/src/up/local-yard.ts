/** A yard on this machine alone: a bare repository behind the embedded Git server, the API and the page on one port. */
import { join } from 'node:path';
import { isFromHere } from '@gityard/api';
import { type GitServer, GitServerError, startGitServer } from '@gityard/gitserver';
import type { LogLine } from '@gityard/telemetry';
import { createYard, newId, openYard, type Refs, type Yard } from '@gityard/yard';
import { type ServedYard, serveYard } from '../serve/serve-yard.ts';
import { repositoryNotMade } from '../yard/prepare-repository.ts';
import { homesIn } from './agent-processes.ts';

export interface LocalYard {
  /** Where people, agents and git reach it. */
  readonly address: string;
  /** With the key that lets one act there. */
  readonly page: string;
  readonly guide: string | null;
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

interface LocalYardOptions {
  readonly folder: string;
  readonly port: number;
  readonly refs: Refs;
  /** Names under which a proxy of this machine may pass on callers of the page, who then need its key. */
  readonly allowHosts: readonly string[];
  readonly tell: (line: LogLine) => void;
  readonly env: NodeJS.ProcessEnv;
  /** Writes what is to be there from the start into the new repository. */
  readonly fill?: (repository: string) => Promise<void>;
}

export async function startLocalYard(options: LocalYardOptions): Promise<LocalYard> {
  const parts: { close(): Promise<unknown> }[] = [];
  const close = async (): Promise<void> => {
    for (const part of parts.splice(0).reverse()) await part.close();
  };
  try {
    return { ...(await startParts({ ...options, opened: (part) => parts.push(part) })), close };
  } catch (error) {
    // What is open already would keep the program from ending.
    await close();
    throw error;
  }
}

interface StartParts extends LocalYardOptions {
  opened(part: { close(): Promise<unknown> }): void;
}

async function startParts(parts: StartParts): Promise<Omit<LocalYard, 'close'>> {
  const { folder, port, refs, env, tell, opened, allowHosts } = parts;
  let served: ServedYard | undefined;
  const server: GitServer = await startGitServer({
    root: join(folder, 'repositories'),
    onRequest: ({ service, phase }) => {
      if (service === 'git-receive-pack' && phase === 'rpc') served?.nudge();
    },
  });
  opened(server);
  const repository = await server
    .createRepository('yard', { description: 'A yard of gityard up' })
    .catch(async (error: unknown) => {
      const isGits = error instanceof GitServerError && error.code === 'GIT_FAILED';
      throw isGits ? await repositoryNotMade(folder, error.message) : error;
    });
  await parts.fill?.(repository);
  await createYard({ address: repository, actor: 'up', refs, config: { ...CONFIG, yardId: newId() } });
  // Through our own server, which answers a look without starting a program.
  const yard = openYard({ address: server.urlOf('yard'), actor: 'up', refs });
  opened(yard);
  await yard.refresh();
  served = await serveYard({
    ...{ yard, port, env, tell },
    // Whoever may push here may run commands on this machine.
    mount: (request, response) => isFromHere(request) && server.handle(request, response),
    ...(allowHosts.length > 0 && { allowRemote: { hosts: allowHosts }, open: false }),
    homes: () => homesIn(folder),
  });
  opened(served);
  return { address: `${served.url}/yard.git`, page: served.page, guide: served.guide, repository, yard };
}
