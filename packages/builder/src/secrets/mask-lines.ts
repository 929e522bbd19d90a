/**
 * `::add-mask::<value>` in the output of a build: from here on the value is as secret as those that we gave it. The line is kept
 * back until it is whole, so that the value is known before it is shown. A build may say this often, but not without bounds.
 */
const WORD = Buffer.from('::add-mask::');
const NEWLINE = 0x0a;
const LONGEST_LINE_BYTES = 4_096;

export interface MaskReader {
  /** What may go on to whoever takes secrets out of it. */
  write(chunk: Buffer): Buffer;
  end(): Buffer;
}

export function openMaskReader(hide: (value: string) => void): MaskReader {
  let held = Buffer.alloc(0);

  const take = (chunk: Buffer, isLast: boolean): Buffer => {
    const bytes = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
    let shown = isLast ? bytes.length : beginningAtEnd(bytes);
    for (let at = bytes.indexOf(WORD); at >= 0; at = bytes.indexOf(WORD, at + 1)) {
      const end = bytes.indexOf(NEWLINE, at);
      if (end < 0 && !isLast && bytes.length - at < LONGEST_LINE_BYTES) {
        shown = at;
        break;
      }
      hide(valueIn(bytes.subarray(at + WORD.length, end < 0 ? bytes.length : end)));
    }
    held = Buffer.from(bytes.subarray(shown));
    return bytes.subarray(0, shown);
  };
  return { write: (chunk) => take(chunk, false), end: () => take(Buffer.alloc(0), true) };
}

/** With line breaks and percent signs as the convention writes them. */
function valueIn(bytes: Buffer): string {
  const text = bytes.subarray(0, LONGEST_LINE_BYTES).toString('utf8').trim();
  return text.replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%25', '%');
}

/** Where a first part of the word stands at the end. */
function beginningAtEnd(bytes: Buffer): number {
  for (let length = Math.min(WORD.length - 1, bytes.length); length > 0; length--) {
    const at = bytes.length - length;
    if (bytes.compare(WORD, 0, length, at) === 0) return at;
  }
  return bytes.length;
}
