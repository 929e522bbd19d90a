/**
 * Takes what colours a text out of a stream, and tells where it stood: a program that highlights a part of a secret
 * (`grep --color`) must not tear it apart, because whoever shows the log without colours puts it together again.
 */
export interface Colour {
  /** Of the bytes without colours, the one that it stands before. */
  readonly at: number;
  readonly bytes: Buffer;
}

export interface Uncoloured {
  readonly bytes: Buffer;
  readonly colours: readonly Colour[];
}

const ESCAPE = 0x1b;
/** What goes on for longer without an end is no colour. */
const LONGEST_BYTES = 1024;
const NOTHING = Buffer.alloc(0);

// As plain-text.ts has it: CSI and OSC sequences, then any other escape with the character that follows it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is looked for
const WHOLE = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\|(?=\u001b[^\\]))|\u001b./y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are exactly what is looked for
const UNFINISHED = /\u001b(?:\[[0-?]*[ -/]*|\][^\u0007\u001b]*\u001b?)?$/y;

export function openColours(): { take(chunk: Buffer, isLast: boolean): Uncoloured } {
  let held = NOTHING;
  return {
    take(chunk, isLast) {
      if (held.length === 0 && !chunk.includes(ESCAPE)) return { bytes: chunk, colours: [] };
      const all = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      const text = all.toString('latin1');
      const plain: Buffer[] = [];
      const colours: Colour[] = [];
      let [from, length] = [0, 0];
      held = NOTHING;
      for (let at = all.indexOf(ESCAPE); at >= 0; at = all.indexOf(ESCAPE, Math.max(from, at + 1))) {
        const isUnfinished = !isLast && all.length - at <= LONGEST_BYTES && matchedAt(UNFINISHED, text, at) > 0;
        const end = isUnfinished ? all.length : at + matchedAt(WHOLE, text, at);
        if (end === at) continue;
        plain.push(all.subarray(from, at));
        length += at - from;
        from = end;
        // A copy: it may wait for long, and the chunk is not ours.
        if (isUnfinished) held = Buffer.from(all.subarray(at));
        else colours.push({ at: length, bytes: all.subarray(at, end) });
      }
      return { bytes: Buffer.concat([...plain, all.subarray(from)]), colours };
    },
  };
}

function matchedAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}
