/** The disk of one agent is full for a while: nothing can be written where its results and its builds are. */
import { type Act, lasting } from './act.ts';

export const fillDisk: Act = {
  name: 'full disk',
  weight: 1,
  missing: ({ disk }) => (disk ? undefined : 'no disk could be mounted here'),
  async play(scene) {
    const { disk } = scene.world;
    await disk?.fill();
    await lasting(scene, 2, 8);
    await disk?.empty();
  },
};
