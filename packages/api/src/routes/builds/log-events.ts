/** A log as server-sent events, a line each. Their ids name the log and the line, so that a reader who comes back is not told twice. */
import type { LogPiece } from '../../desks.ts';

export interface Told {
  readonly log: string;
  /** The last line that was told; 0: none. */
  readonly line: number;
  readonly isOver: boolean;
}

const END = 'end';

/** What a reader says of an earlier connection; what is none of our ids says nothing. */
export function toldIn(lastEventId: string | readonly string[] | undefined): Told | undefined {
  const [, log, line, end] =
    (typeof lastEventId === 'string' ? /^([\x21-\x7e]{0,300})#(\d{1,12})(#end)?$/.exec(lastEventId) : null) ?? [];
  return log === undefined ? undefined : { log, line: Number(line), isOver: end !== undefined };
}

interface Telling {
  readonly told: Told | undefined;
  readonly heartbeatMs: number;
  /** Asked when there is no more; null: the build goes on, and it is only we who end. */
  endStatus(): string | null;
}

export async function* logEvents(
  pieces: AsyncIterable<LogPiece>,
  { told, heartbeatMs, endStatus }: Telling,
): AsyncGenerator<string> {
  let at = { log: told?.log ?? '', line: told?.line ?? 0 };
  // Something at once: a reader learns that it is connected though there may be no log yet.
  yield ': here\n\n';
  for await (const piece of withBeats(pieces, heartbeatMs)) {
    if (piece === BEAT) {
      yield ': beat\n\n';
      continue;
    }
    const known = piece.log === at.log ? at.line : 0;
    const lines = piece.lines.slice(Math.max(0, known - piece.first + 1));
    const last = piece.first + piece.lines.length - 1;
    const first = last - lines.length + 1;
    if (lines.length > 0)
      yield lines.map((line, index) => frame('log', `${piece.log}#${first + index}`, line)).join('');
    at = { log: piece.log, line: Math.max(known, last) };
  }
  const status = endStatus();
  if (status !== null) yield frame(END, `${at.log}#${at.line}#${END}`, JSON.stringify({ status }));
}

const BEAT = Symbol('beat');

/** What comes, and a sign of life whenever nothing does. */
async function* withBeats<T>(items: AsyncIterable<T>, everyMs: number): AsyncGenerator<T | typeof BEAT> {
  const iterator = items[Symbol.asyncIterator]();
  try {
    for (let next = iterator.next(); ; ) {
      const turn = await orBeat(next, everyMs);
      if (turn === BEAT) {
        yield BEAT;
        continue;
      }
      if (turn.done) return;
      yield turn.value;
      next = iterator.next();
    }
  } finally {
    await iterator.return?.();
  }
}

async function orBeat<T>(next: Promise<T>, everyMs: number): Promise<T | typeof BEAT> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const beat = new Promise<typeof BEAT>((resolve) => {
    timer = setTimeout(resolve, everyMs, BEAT);
  });
  try {
    return await Promise.race([next, beat]);
  } finally {
    clearTimeout(timer);
  }
}

/** One line has no line breaks in it, whatever a program printed. */
const frame = (event: string, id: string, data: string): string =>
  `event: ${event}\nid: ${id}\ndata: ${data.replaceAll(/[\r\n]+/g, ' ')}\n\n`;
