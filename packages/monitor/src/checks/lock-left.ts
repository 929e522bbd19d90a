/** A lock whose time ran out and that nobody gave back. */
import { aFinding, type Check, keyOf } from '../finding.ts';

export const lockLeft: Check = {
  name: 'lock-left',
  find: ({ needs }) => {
    const left = needs.filter(({ code }) => code === 'lock-expired');
    const first = new Map(left.map((it) => [it.refs[0] ?? '', it] as const).reverse());
    return [...first].map(([name, { text }]) =>
      aFinding({
        key: keyOf('lock-left', name),
        says: 'expired',
        title: `lock ${name} was not released`,
        text,
        remedies: [`gityard lock show ${name}`, 'gityard lock recover'],
      }),
    );
  },
  howItEnded: (_, name) => `lock ${name} is free, or held in time`,
};
