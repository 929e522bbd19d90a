/** Two lists of entries: are they the same files, packed at another time, in another order, by another person? */
import { type Hint, type HintCode, hint } from '@gityard/domain';
import type { Entry } from './entry.ts';
import { whyContentsDiffer } from './why-contents-differ.ts';

export interface Listed {
  readonly path: string;
  readonly left: readonly Entry[];
  readonly right: readonly Entry[];
}

/** So many entries are named, and looked at. */
const MOST_NAMED = 5;

export function whyEntriesDiffer({ path, left, right }: Listed): readonly Hint[] {
  const theirs = byName(right);
  const ours = byName(left);
  const pairs = [...ours].flatMap(([name, one]) => {
    const other = theirs.get(name);
    return other ? [{ name, one, other }] : [];
  });
  const changed = pairs.filter(({ one, other }) => one.sha256 !== other.sha256);
  const lone = [
    ...told(
      'only on the left',
      [...ours.keys()].filter((it) => !theirs.has(it)),
    ),
    ...told(
      'only on the right',
      [...theirs.keys()].filter((it) => !ours.has(it)),
    ),
  ];
  if (changed.length + lone.length === 0) return [packaging({ path, left, right }, pairs)].flat();
  const what = [
    ...told(
      'other content',
      changed.map((it) => it.name),
    ),
    ...lone,
  ].join('; ');
  const contents = changed
    .slice(0, MOST_NAMED)
    .flatMap(({ name, one, other }) =>
      one.content && other.content
        ? whyContentsDiffer({ path: `${path}!${name}`, left: one.content, right: other.content })
        : [],
    );
  return [hint(path, 'entries-differ', what), ...contents];
}

/** An archive may hold a name twice. */
function byName(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  const named = new Map<string, Entry>();
  for (const entry of entries) {
    let name = entry.name;
    for (let count = 2; named.has(name); count += 1) name = `${entry.name} (${count})`;
    named.set(name, entry);
  }
  return named;
}

const told = (what: string, names: readonly string[]): string[] =>
  names.length === 0
    ? []
    : [
        `${what}: ${names.slice(0, MOST_NAMED).join(', ')}${names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''}`,
      ];

type Pair = { readonly one: Entry; readonly other: Entry };

function packaging({ path, left, right }: Listed, pairs: readonly Pair[]): readonly Hint[] {
  const differs = (fact: (entry: Entry) => unknown) => pairs.some(({ one, other }) => fact(one) !== fact(other));
  const found: [HintCode, string, boolean][] = [
    ['timestamps-only', 'times', differs((it) => it.mtimeMs)],
    ['entry-order', 'order', left.some((it, at) => it.name !== right[at]?.name)],
    ['entry-owner', 'owners', differs((it) => it.owner)],
    ['entry-mode', 'modes', differs((it) => it.mode)],
  ];
  const marks = found.filter(([, , is]) => is);
  const all = marks.map(([, word]) => word).join(' and ');
  const same = `holds the same ${left.length} ${left.length === 1 ? 'entry' : 'entries'}`;
  if (marks.length === 0) return [hint(path, 'packed-otherwise', `${same}, packed otherwise`)];
  const text = all === 'times' ? `${same}, and differs only in timestamps` : `${same}, with other ${all}`;
  return marks.map(([code]) => hint(path, code, text));
}
