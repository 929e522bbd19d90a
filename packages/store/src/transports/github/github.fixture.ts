/** A fake GitHub in a folder of its own, a transport to it, and what may happen between the two. */
import { type GithubFault, type GithubServer, startGithubServer, temporaryFolder } from '@gityard/testing';

import { openTransport } from '../list.ts';
import type { Transport } from '../transport.ts';

export interface GithubWorld {
  readonly server: GithubServer;
  connect(): Transport;
  close(): Promise<void>;
}

export async function githubWorld({ empty = false } = {}): Promise<GithubWorld> {
  const folder = await temporaryFolder();
  const server = await startGithubServer({ root: folder.path, empty });
  const opened: Transport[] = [];
  return {
    server,
    connect() {
      const transport = openTransport(server.address, { token: server.token });
      opened.push(transport);
      return transport;
    },
    async close() {
      for (const transport of opened) await transport.close();
      await server.close();
      await folder.remove();
    },
  };
}

/** The request is lost on its way, and nothing is done. */
export const lose = (asked: RegExp): GithubFault => ({ asked, meet: (response) => void response.destroy() });

/** It is done, and nobody hears of it. */
export const loseReply = (asked: RegExp): GithubFault => ({
  asked,
  async meet(response, forward) {
    await forward();
    response.destroy();
  },
});

/** Something else is said in place of the answer, and nothing is done. */
export const say = (
  asked: RegExp,
  { status = 200, headers = {}, body }: { status?: number; headers?: Record<string, string>; body: unknown },
): GithubFault => ({
  asked,
  meet: (response) =>
    void response.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body)),
});
