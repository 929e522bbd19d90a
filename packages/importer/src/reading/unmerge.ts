/**
 * Takes apart a text into which somebody committed the markers of a merge: a text for each way of choosing sides. Conflicts
 * may lie in conflicts and show their base (diff3); of the base nothing is taken, both sides began with it.
 */
const BEGIN = /^<{7}(?: |$)/;
const BASE = /^\|{7}(?: |$)/;
const MIDDLE = /^={7}$/;
const END = /^>{7}(?: |$)/;
/** Deeper than this only the two outermost choices are told apart: each level doubles the texts. */
const DEPTH_LIMIT = 3;

export const hasMarkers = (text: string): boolean => /^(<{7}|>{7})(?: |$)/m.test(text);

/** The line of the first marker, from 1. */
export const markerLine = (text: string): number =>
  text.split('\n').findIndex((it) => BEGIN.test(it) || END.test(it)) + 1;

/** Every line is blank where it was not chosen, so that the numbers of lines stay. */
export function unmerge(text: string): readonly string[] {
  const lines = sided(text.split('\n'));
  const depth = Math.min(DEPTH_LIMIT, Math.max(...lines.map((it) => it.sides.length)));
  return choices(depth).map((choice) => lines.map((it) => (isChosen(it, choice) ? it.line : '')).join('\n'));
}

type Side = 'ours' | 'base' | 'theirs';
interface Sided {
  readonly line: string;
  readonly isMarker: boolean;
  readonly sides: readonly Side[];
}

function sided(lines: readonly string[]): readonly Sided[] {
  const stack: Side[] = [];
  return lines.map((line) => {
    if (BEGIN.test(line)) stack.push('ours');
    else if (stack.length > 0 && BASE.test(line)) stack[stack.length - 1] = 'base';
    else if (stack.length > 0 && MIDDLE.test(line)) stack[stack.length - 1] = 'theirs';
    else if (END.test(line)) stack.pop();
    else return { line, isMarker: false, sides: [...stack] };
    return { line, isMarker: true, sides: [] };
  });
}

const isChosen = ({ isMarker, sides }: Sided, choice: readonly Side[]): boolean =>
  !isMarker && sides.every((side, depth) => side === (choice[Math.min(depth, choice.length - 1)] ?? side));

function choices(depth: number): readonly (readonly Side[])[] {
  if (depth <= 0) return [[]];
  return choices(depth - 1).flatMap((rest) => [
    ['ours', ...rest],
    ['theirs', ...rest],
  ]);
}
