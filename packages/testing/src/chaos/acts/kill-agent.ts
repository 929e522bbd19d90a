/** The power of one machine goes, and comes back a little later. What it was building runs on until somebody ends it. */
import { type Act, lasting, someAgent } from './act.ts';

export const killAgent: Act = {
  name: 'kill -9',
  weight: 3,
  async play(scene) {
    const agent = someAgent(scene);
    if (!agent) return;
    scene.world.timeline.killed([agent.setup.name]);
    await agent.kill();
    await lasting(scene, 0.3, 4);
    agent.start();
  },
};
