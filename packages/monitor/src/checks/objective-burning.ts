/** An objective whose error budget goes too fast: one issue of each, however fast it is. */
import { aFinding, type Check, keyOf } from '../finding.ts';

export const objectiveBurning: Check = {
  name: 'objective-burning',
  find: ({ needs }) =>
    needs
      .filter(({ code }) => code === 'objective-burning')
      .map(({ text, refs: [name = ''] }) =>
        aFinding({
          key: keyOf('objective-burning', name),
          says: 'burning',
          title: `objective ${name} burns its error budget`,
          text,
          remedies: ['gityard stats objectives'],
        }),
      ),
  howItEnded: ({ state: { yard } }, name) =>
    yard.objectives.some((it) => it.name === name)
      ? `the error budget of ${name} burns no more`
      : `yard.json has no objective ${name} any more`,
};
