import { startGithubServer, temporaryFolder } from '@gityard/testing';

import { pushByHand } from '../../git.fixture.ts';
import { type TransportWorld, transportContract } from '../contract.ts';
import { openTransport } from '../list.ts';

transportContract('the API of GitHub', makeWorld);

async function makeWorld(): Promise<TransportWorld> {
  const folder = await temporaryFolder();
  const server = await startGithubServer({ root: folder.path });
  return {
    connect: () => openTransport(server.address, { token: server.token }),
    pushByHand: (ref, file, text) => pushByHand(server.repository, ref, { [file]: text }),
    async decline(text) {
      server.rules.declines = text;
    },
    async loseNextReply() {
      const asked = /^(Commit|POST \/git\/refs)$/;
      server.faults.push({ asked, meet: (response, forward) => forward().then(() => void response.destroy()) });
    },
    async close() {
      await server.close();
      await folder.remove();
    },
  };
}
