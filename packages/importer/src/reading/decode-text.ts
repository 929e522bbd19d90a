/**
 * Bytes of a predecessor's file to a text, whatever editor wrote it: with or without a byte order mark, in UTF-8 or UTF-16,
 * with any line ends. Only what is none of these is a damage, and is told of.
 */
export interface Text {
  readonly text: string;
  /** What had to be guessed; null: nothing. */
  readonly damage: string | null;
}

export function decodeText(bytes: Uint8Array): Text {
  const encoding = encodingOf(bytes);
  const text = decoded(bytes, encoding);
  if (text !== undefined) return { text: normal(text), damage: null };
  return {
    text: normal(new TextDecoder('windows-1252').decode(bytes)),
    damage: `is not ${encoding.toUpperCase()} text, read as Windows-1252`,
  };
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

/** Text in UTF-16 without a mark shows by its zeros: in ours every other byte of the beginning is one. */
function encodingOf(bytes: Uint8Array): Encoding {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  const start = bytes.subarray(0, 200);
  const zeros = (parity: number) => start.filter((byte, at) => at % 2 === parity && byte === 0).length;
  if (zeros(1) > start.length / 4) return 'utf-16le';
  return zeros(0) > start.length / 4 ? 'utf-16be' : 'utf-8';
}

function decoded(bytes: Uint8Array, encoding: Encoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    // Only an invalid sequence throws here.
    return undefined;
  }
}

const normal = (text: string): string => text.replaceAll(/\r\n?/g, '\n').replaceAll('\0', '');
