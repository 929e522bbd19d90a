/** The variants that are compared, baseline first. Each is loaded only by the writer that runs it. */
import type { OpenVariant } from './variant.ts';

export interface ListedVariant {
  readonly name: string;
  readonly what: string;
  /** How many operations a writer keeps under way. */
  readonly pending: number;
  /** Whose processor time is the variant's: Node's own as well, or that of the programs alone that Node starts. */
  readonly worksIn: 'process' | 'programs';
  readonly load: () => Promise<OpenVariant>;
}

export const BASELINE = 'shell';

const ours = { worksIn: 'process', load: async () => (await import('./store.ts')).openStoreVariant } as const;

export const VARIANTS: readonly ListedVariant[] = [
  {
    name: BASELINE,
    what: 'git pull --rebase; write; add; commit; push; again if turned away',
    pending: 1,
    worksIn: 'programs',
    load: async () => (await import('./shell.ts')).openShell,
  },
  {
    name: 'isomorphic',
    what: "isomorphic-git's porcelain: fetch, reset, add, commit, push; again if turned away",
    pending: 1,
    worksIn: 'process',
    load: async () => (await import('./isomorphic.ts')).openIsomorphic,
  },
  { ...ours, name: 'store', what: 'our store, one operation at a time in each writer', pending: 1 },
  {
    name: 'yard',
    what: "our yard: perform('submit'), one at a time",
    pending: 1,
    worksIn: 'process',
    load: async () => (await import('./yard.ts')).openYardVariant,
  },
  { ...ours, name: 'group-10', what: 'our store, 10 operations under way in each writer', pending: 10 },
  { ...ours, name: 'group-100', what: 'our store, 100 operations under way in each writer', pending: 100 },
];

export function variantNamed(name: string): ListedVariant {
  const found = VARIANTS.find((it) => it.name === name);
  if (!found) throw new Error(`no variant is called ${name}; there are ${VARIANTS.map((it) => it.name).join(', ')}`);
  return found;
}
