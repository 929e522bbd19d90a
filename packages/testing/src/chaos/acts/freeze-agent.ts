/** A machine stands still, as one does that swaps or whose lid was closed, and then goes on as if nothing had been. */
import { type Act, lasting, someAgent } from './act.ts';

export const freezeAgent: Act = {
  name: 'freeze',
  weight: 2,
  async play(scene) {
    const agent = someAgent(scene);
    if (!agent) return;
    agent.freeze();
    await lasting(scene, 2, 20);
    agent.thaw();
  },
};
