/** What our own store asks for when it looks whether a ref moved (protocol 2, one ref by its name). Anything else is for Git. */
import { isOid, lineText, readPktLines } from '@gityard/store/codec';

export interface FetchBody {
  readonly ref: string;
  /** The commit whose tree the caller has whole. */
  readonly have: string;
  /** Files above it stay away. */
  readonly blobLimitBytes: number;
}

const KNOWN = /^(?:command=fetch|agent=.*|object-format=sha1|thin-pack|no-progress|ofs-delta|done)$/;
const LIMIT = /^filter blob:limit=([0-9]+)([km]?)$/;
const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1024 * 1024 };

export function readFetchBody(body: Uint8Array): FetchBody | undefined {
  const lines = textsOf(body);
  const values = (key: string) => lines.filter((it) => it.startsWith(`${key} `)).map((it) => it.slice(key.length + 1));
  const rest = lines.filter((it) => !KNOWN.test(it) && !/^(?:want-ref|have|shallow|filter) /.test(it));
  const [[ref, ...moreRefs], [have = '', ...moreHaves], shallow] = [
    values('want-ref'),
    values('have'),
    values('shallow'),
  ];
  const [, number, unit = ''] = LIMIT.exec(lines.find((it) => it.startsWith('filter ')) ?? '') ?? [];
  const isKnown = rest.length === 0 && lines.includes('thin-pack') && lines.includes('done') && number !== undefined;
  const isOne = moreRefs.length === 0 && moreHaves.length === 0 && shallow.length === 1 && shallow[0] === have;
  if (!isKnown || !isOne || ref === undefined || !isOid(have)) return undefined;
  return { ref, have, blobLimitBytes: Number(number) * (UNITS[unit] ?? 1) };
}

function textsOf(body: Uint8Array): string[] {
  try {
    return [...readPktLines(body)].flatMap((it) => (it.kind === 'data' ? [lineText(it.bytes)] : []));
  } catch {
    // No protocol 2: Git says so better.
    return [];
  }
}
