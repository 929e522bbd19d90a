/** Where in a JSON text a value stands, for people who have to mend it. Knows no schema. */

const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\]:,\n]|[^\s{}[\]:,"]+/g;

interface Frame {
  readonly isList: boolean;
  /** The key or the place in the list that is being read. */
  at: string | number;
}

/** The line of the value at a JSON pointer ("/lease/seconds"); null when the text has none there. The text is valid JSON. */
export function lineOf(text: string, pointer: string): number | null {
  const frames: Frame[] = [];
  let line = 1;
  let last = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const top = frames.at(-1);
    if (token === '\n') line++;
    else if (token === ':') {
      if (top) top.at = JSON.parse(last) as string;
      if (pointerOf(frames) === pointer) return line;
    } else if (token === ',') {
      if (top?.isList) top.at = Number(top.at) + 1;
    } else if (token === '}' || token === ']') frames.pop();
    else {
      if (top?.isList && pointerOf(frames) === pointer) return line;
      if (token === '{' || token === '[') frames.push({ isList: token === '[', at: 0 });
      last = token;
    }
  }
  return null;
}

/** RFC 6901: "~" and "/" of a key are written "~0" and "~1". */
const pointerOf = (frames: readonly Frame[]): string =>
  frames.map(({ at }) => `/${String(at).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
