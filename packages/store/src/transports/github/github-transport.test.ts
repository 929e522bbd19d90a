import { pushByHand } from '../../git.fixture.ts';
import { type TransportWorld, transportContract } from '../contract.ts';
import { githubWorld, loseReply } from './github.fixture.ts';

transportContract('the API of GitHub', makeWorld);

async function makeWorld(): Promise<TransportWorld> {
  const { server, connect, close } = await githubWorld();
  return {
    connect,
    close,
    pushByHand: (ref, file, text) => pushByHand(server.repository, ref, { [file]: text }),
    async decline(text) {
      server.rules.declines = text;
    },
    async loseNextReply() {
      server.faults.push(loseReply(/^(Commit|POST \/git\/refs)$/));
    },
  };
}
