/** Takes apart what a server sends in three bands: data, what it says to people, and the reason why it gave up. */
import { notGit, type PktLine } from './pkt-line.ts';

export interface Bands {
  readonly data: Uint8Array;
  readonly messages: string;
  /** Present when the server gave up. */
  readonly failure?: string;
}

const DATA = 1;
const MESSAGE = 2;
const FAILURE = 3;

export function readBands(lines: Iterable<PktLine>): Bands {
  const bands = new Map<number, Uint8Array[]>([DATA, MESSAGE, FAILURE].map((band) => [band, []]));
  for (const line of lines) {
    if (line.kind !== 'data') break;
    const band = bands.get(line.bytes[0] ?? 0);
    if (!band) throw notGit();
    band.push(line.bytes.subarray(1));
  }
  const [data, messages, failure] = [DATA, MESSAGE, FAILURE].map((band) => Buffer.concat(bands.get(band) ?? []));
  const result = { data: data ?? Buffer.alloc(0), messages: messages?.toString('utf8') ?? '' };
  return failure?.length ? { ...result, failure: failure.toString('utf8').trim() } : result;
}
