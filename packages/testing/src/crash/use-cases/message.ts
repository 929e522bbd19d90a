/** Somebody writes a message, which is acknowledged. */
import { untilDone } from '../../simulation/actors/program.ts';
import { openSimulatedYard } from '../../simulation/open-yard.ts';
import { expectCounts } from '../operations-in.ts';
import type { UseCase } from '../use-case.ts';

const ID = 'message-1';
const MESSAGE = { from: 'ada', to: 'ben', subject: 'hello', body: 'there' };

export const messaging: UseCase = {
  name: 'sending a message and acknowledging it',
  async live(world, life, boot) {
    const yard = openSimulatedYard(world, life, { actor: 'ada', boot });
    await untilDone(life, () => world.calls.perform(yard, 'send', { id: ID, message: MESSAGE, now: yard.now() }));
    const receipt = () => ({ messageId: ID, reader: 'ben', now: yard.now() });
    await untilDone(life, () => world.calls.perform(yard, 'acknowledge', receipt()));
  },
  isDone: (_, state) => state?.messages.get(ID)?.ackedBy.ben !== undefined,
  judge: (world, { messages }) => [
    ...expectCounts(world, { send: 1, acknowledge: 1 }),
    ...([...messages].length === 1 ? [] : [`there are ${[...messages].length} messages`]),
  ],
};
