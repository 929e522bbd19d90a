/** Why a project has to be built although a cache was asked: which of its inputs is not as in the newest entry. Pure. */
import { differing } from './basis.ts';
import type { Inputs } from './input-hash.ts';

/** What a person changed comes before what follows from it. */
const ORDER = ['source ', 'folder ', 'sources', 'tool ', 'parameter ', 'toolchain', 'platform', 'dependency '];

export function explainMiss(now: Inputs, before: Inputs | undefined): string {
  if (!before) return 'no entry yet';
  const names = [...differing(before, now)].sort((a, b) => rank(a) - rank(b));
  const [first] = names;
  if (first === undefined) return 'its entry has expired, or is damaged';
  const more = names.length === 1 ? '' : ` and ${names.length - 1} more`;
  return `${first} ${what(first, { now, before })}${more}`;
}

function what(name: string, { now, before }: { readonly now: Inputs; readonly before: Inputs }): string {
  if (before[name] === undefined) return 'is new';
  if (now[name] === undefined) return 'is gone';
  return 'changed';
}

function rank(name: string): number {
  const found = ORDER.findIndex((it) => name.startsWith(it));
  return found === -1 ? ORDER.length : found;
}
