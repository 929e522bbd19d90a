/**
 * Follows bytes on their way into a log, line by line without copying them: breaks a line that has no end, which no page
 * and no terminal could show, and tells where lines begin and what those say that may name a group.
 */
import { plainText } from '../stages/plain-text.ts';

export interface LineSplitter {
  /** The chunk, in pieces where a line had to be broken. */
  split(chunk: Uint8Array): Uint8Array[];
  close(): void;
}

export interface LineListener {
  begin(byte: number): void;
  name(text: string): void;
}

const LINE_BYTES = 16 * 1024;
const NAME_BYTES = 400;
const NEWLINE = Buffer.from('\n');
/** With one of these begins a line that opens or closes a group. */
const MARKS = new Set([...':-+~['].map((it) => it.charCodeAt(0)));

export function openLineSplitter(listener: LineListener): LineSplitter {
  let column = 0;
  let byte = 0;
  let name: Uint8Array[] | null = null;

  const endName = () => {
    if (name) listener.name(plainText(Buffer.concat(name).toString('utf8', 0, NAME_BYTES)).trimEnd());
    name = null;
  };
  const pass = (part: Uint8Array) => {
    if (column === 0 && part.length > 0) {
      listener.begin(byte);
      if (MARKS.has(part[0] ?? 0)) name = [];
    }
    if (name && column < NAME_BYTES) name.push(part.slice(0, NAME_BYTES));
    column += part.length;
    byte += part.length;
  };
  const endLine = () => {
    endName();
    column = 0;
  };
  return {
    split(chunk) {
      const pieces: Uint8Array[] = [];
      let start = 0;
      for (let at = 0; at < chunk.length; ) {
        const newline = chunk.indexOf(0x0a, at);
        const end = newline < 0 ? chunk.length : newline + 1;
        if (column + end - at > LINE_BYTES) {
          const cut = wholeCharacters(chunk, at, at + LINE_BYTES - column);
          pass(chunk.subarray(at, cut));
          pieces.push(chunk.subarray(start, cut), NEWLINE);
          byte += NEWLINE.length;
          start = cut;
          at = cut;
          endLine();
        } else {
          pass(chunk.subarray(at, end));
          if (newline >= 0) endLine();
          at = end;
        }
      }
      pieces.push(chunk.subarray(start));
      return pieces.filter((it) => it.length > 0);
    },
    close: endName,
  };
}

/** Not within a character of several bytes; of what is no text any place is as good. */
function wholeCharacters(chunk: Uint8Array, from: number, to: number): number {
  for (let cut = to; cut > from && cut > to - 4; cut--) if (((chunk[cut] ?? 0) & 0xc0) !== 0x80) return cut;
  return to;
}
