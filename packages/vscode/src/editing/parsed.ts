/** A JSON file with the places of its values, so that what is wrong with one can be shown where it stands. Pure. */
import { isMap, isPair, isScalar, isSeq, type Node, parseDocument } from 'yaml';

export interface Finding {
  readonly level: 'error' | 'warning';
  /** Offsets into the text. */
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

export interface Parsed {
  readonly value: unknown;
  /** At the value with that path, or at what is nearest around it. */
  at(path: readonly string[], finding: Pick<Finding, 'level' | 'text'>): Finding;
}

/** undefined: it is no JSON. Every JSON text is a YAML text, whose reader knows the places of all. */
export function parsed(text: string): Parsed | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  const { contents } = parseDocument(text, { prettyErrors: false, uniqueKeys: false });
  return {
    value,
    at: (path, finding) => {
      const [from, to] = placeOf(contents as Node | null, path);
      return { ...finding, from, to };
    },
  };
}

type Place = readonly [from: number, to: number];

/** A key stands before its value, and is what a person looks for. */
function placeOf(node: Node | null, path: readonly string[], around: Place = [0, 1]): Place {
  const [first, ...rest] = path;
  if (first === undefined || node === null) return around;
  if (isSeq(node)) {
    const item = node.items[Number(first)] as Node | undefined;
    return item?.range ? placeOf(item, rest, [item.range[0], item.range[1]]) : around;
  }
  if (!isMap(node)) return around;
  const pair = node.items.find((it) => isPair(it) && isScalar(it.key) && String(it.key.value) === first);
  const range = isScalar(pair?.key) ? pair.key.range : undefined;
  return pair && range ? placeOf(pair.value as Node | null, rest, [range[0], range[1]]) : around;
}

/** As JSON pointers write it. */
export const pathOf = (pointer: string): readonly string[] =>
  pointer
    .split('/')
    .slice(1)
    .map((it) => it.replaceAll('~1', '/').replaceAll('~0', '~'));
