/**
 * What a build prints, for whoever watches: as it is where colours are wanted, and as `job logs` shows it everywhere else. There
 * it goes by whole lines, since a sequence for the terminal may be cut anywhere.
 */
import type { Writable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';
import type { Io } from '../start/io.ts';
import { wantedColour } from '../text/render.ts';
import { safeLines } from '../text/safe-text.ts';

export interface Shown {
  write(chunk: Uint8Array): void;
  /** The last line need not have an end. */
  end(): void;
}

/** A line without an end is shown in pieces. */
const LONGEST = 65_536;

export function showOutput({ stderr, env }: Pick<Io, 'stderr' | 'env'>): Shown {
  const { isTTY = false } = stderr as Writable & { readonly isTTY?: boolean };
  if (wantedColour(env, isTTY) === 'colour')
    return { write: (chunk) => void stderr.write(chunk), end: () => undefined };
  const decoder = new StringDecoder('utf8');
  let open = '';
  const show = (text: string) => void (text === '' || stderr.write(safeLines(text).join('\n')));
  return {
    write(chunk) {
      const text = open + decoder.write(Buffer.from(chunk));
      const end = text.length > LONGEST ? text.length : text.lastIndexOf('\n') + 1;
      open = text.slice(end);
      show(text.slice(0, end));
    },
    end() {
      show(open + decoder.end());
      open = '';
    },
  };
}
