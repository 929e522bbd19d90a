/** The person with plain git does one of the things that people do. */
import { HABITS } from '../person.ts';
import type { Act } from './act.ts';

export const commitByHand: Act = {
  name: 'commit by hand',
  weight: 4,
  play: ({ person, random }) => person.commit(random.pick(HABITS)),
};
