/**
 * The colours of a line. Of all sequences that terminals know only those of select graphic rendition are read; the rest,
 * links and titles among them, is dropped. Colours beyond the sixteen become the nearest of those, whose tones the page's
 * theme knows to be legible.
 */

/** What is drawn alike: names for the page's style sheet ('' = plain), and the text. */
export type Span = readonly [style: string, text: string];

export interface Pen {
  readonly colour: number | null;
  readonly ground: number | null;
  readonly styles: readonly string[];
}

export const PLAIN_PEN: Pen = { colour: null, ground: null, styles: [] };

const PIECES =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the character by which sequences begin
  /\u001b\[([0-?]*)[ -/]*([@-~])|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\u001b[ -/]*.?|[^\u001b]+/g;
const ON: Readonly<Record<number, string>> = {
  1: 'bold',
  2: 'faint',
  3: 'italic',
  4: 'under',
  7: 'turned',
  9: 'struck',
};
const OFF: Readonly<Record<number, readonly string[]>> = {
  22: ['bold', 'faint'],
  23: ['italic'],
  24: ['under'],
  27: ['turned'],
  29: ['struck'],
};

export function spansOf(line: string, before: Pen): { readonly spans: readonly Span[]; readonly pen: Pen } {
  const spans: Span[] = [];
  let pen = before;
  for (const [piece, parameters, end] of line.matchAll(PIECES)) {
    if (!piece.startsWith('\u001b')) spans.push([styleOf(pen), piece]);
    else if (end === 'm' && parameters !== undefined) pen = turned(pen, parameters);
  }
  return { spans, pen };
}

function styleOf({ colour, ground, styles }: Pen): string {
  const names = [colour === null ? '' : `c${colour}`, ground === null ? '' : `g${ground}`, ...styles];
  return names.filter(Boolean).join(' ');
}

function turned(pen: Pen, parameters: string): Pen {
  if (!/^[\d;:]*$/.test(parameters)) return pen;
  const codes = parameters.split(/[;:]/).map(Number);
  let next = pen;
  for (let at = 0; at < codes.length; at++) {
    const code = codes[at] ?? 0;
    if (code === 38 || code === 48) {
      const colour = codes[at + 1] === 5 ? ofTable(codes[at + 2] ?? 0) : nearest(codes.slice(at + 2, at + 5));
      at += codes[at + 1] === 5 ? 2 : 4;
      next = code === 38 ? { ...next, colour } : { ...next, ground: colour };
    } else next = afterCode(next, code);
  }
  return next;
}

function afterCode(pen: Pen, code: number): Pen {
  if (code === 0) return PLAIN_PEN;
  const on = ON[code];
  if (on !== undefined) return { ...pen, styles: [...pen.styles.filter((it) => it !== on), on] };
  const off = OFF[code];
  if (off) return { ...pen, styles: pen.styles.filter((it) => !off.includes(it)) };
  if (code === 39) return { ...pen, colour: null };
  if (code === 49) return { ...pen, ground: null };
  const [tens, units] = [Math.floor(code / 10), code % 10];
  if (units > 7) return pen;
  if (tens === 3 || tens === 9) return { ...pen, colour: units + (tens === 9 ? 8 : 0) };
  if (tens === 4 || tens === 10) return { ...pen, ground: units + (tens === 10 ? 8 : 0) };
  return pen;
}

/** Of the 256: the sixteen, a cube of six by six by six, and greys. */
function ofTable(code: number): number {
  if (code < 16) return code;
  if (code >= 232) return nearest([0, 0, 0].fill((code - 232) * 10 + 8));
  const cube = code - 16;
  return nearest([Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((it) => it * 51));
}

/** One bit for each of red, green and blue; bright when it is far from dark. */
function nearest([red = 0, green = 0, blue = 0]: readonly number[]): number {
  const most = Math.max(red, green, blue);
  if (most < 64) return 8;
  const bit = (value: number, of: number) => (value > most * 0.6 ? of : 0);
  return bit(red, 1) + bit(green, 2) + bit(blue, 4) + (most > 200 ? 8 : 0);
}
