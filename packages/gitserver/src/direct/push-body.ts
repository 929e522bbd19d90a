/** The body of a push: which refs are to move, and the pack that follows. Knows only what a plain push says. */
import { isOid, lineText, readSection } from '@gityard/store/codec';

export interface RefMove {
  readonly ref: string;
  readonly old: string;
  readonly next: string;
}

export interface PushBody {
  readonly moves: readonly RefMove[];
  readonly pack: Uint8Array;
  readonly sideBand: boolean;
}

/** What we know how to answer; anything else is for Git itself. */
const KNOWN = /^(?:report-status|side-band-64k|ofs-delta|quiet|object-format=sha1|agent=.*|session-id=.*)$/;

export function readPushBody(body: Uint8Array): PushBody | undefined {
  try {
    const { lines, rest } = readSection(body);
    const [first = '', ...more] = lines.map(lineText);
    const [command = '', words = ''] = first.split('\0', 2);
    const capabilities = words.split(' ').filter((it) => it !== '');
    const isKnown = capabilities.includes('report-status') && capabilities.every((it) => KNOWN.test(it));
    const moves = [command, ...more].map(readMove);
    const isPlain = isKnown && moves.every((it) => it !== undefined) && rest.length > 0;
    return isPlain ? { moves, pack: rest, sideBand: capabilities.includes('side-band-64k') } : undefined;
  } catch {
    // Cut, or no push at all: Git finds the words for it.
    return undefined;
  }
}

function readMove(line: string): RefMove | undefined {
  const [old = '', next = '', ref = '', ...more] = line.split(' ');
  return isOid(old) && isOid(next) && ref !== '' && more.length === 0 ? { ref, old, next } : undefined;
}
