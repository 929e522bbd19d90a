/** Protocol 2 in words: the requests for refs and for objects, and what their answers hold. Sends nothing itself. */

import { isOid, type Oid } from '../codec/oid.ts';
import { DELIMITER, FLUSH, lineText, notGit, type PktLine, pktLine, readPktLines } from '../codec/pkt-line.ts';
import { readBands } from '../codec/side-band.ts';
import type { Capabilities } from './capabilities.ts';

// A state file is a few hundred bytes, and a host rejects what is larger than this at the latest when it is read.
export const BLOB_FILTER = 'filter blob:limit=1m';

export function listRefsMessage(prefixes: readonly string[], capabilities: Capabilities): Uint8Array {
  return command(
    'ls-refs',
    capabilities,
    prefixes.map((prefix) => `ref-prefix ${prefix}`),
  );
}

export interface FetchMessage {
  readonly want: { readonly oid: Oid } | { readonly ref: string };
  readonly have: readonly Oid[];
  readonly depth?: number | undefined;
  readonly thin: boolean;
  readonly whole?: boolean | undefined;
}

export function fetchMessage(
  { want, have, depth, thin, whole = false }: FetchMessage,
  capabilities: Capabilities,
): Uint8Array {
  return command('fetch', capabilities, [
    ...(thin ? ['thin-pack'] : []),
    'no-progress',
    'ofs-delta',
    ...(capabilities.filter && !whole ? [BLOB_FILTER] : []),
    'oid' in want ? `want ${want.oid}` : `want-ref ${want.ref}`,
    // "Shallow" tells the server that we have this commit's tree and nothing before it. Without it, a server may
    // leave out an old file that came back, because it believes that we still have it from long ago.
    ...have.flatMap((oid) => [`have ${oid}`, `shallow ${oid}`]),
    ...(depth ? [`deepen ${depth}`] : []),
    'done',
  ]);
}

export function readRefList(reply: Uint8Array): Map<string, Oid> {
  const refs = new Map<string, Oid>();
  for (const text of dataLines(readPktLines(reply))) {
    const [oid = '', ref = ''] = text.split(' ');
    if (oid === 'unborn') continue;
    if (!isOid(oid) || !ref)
      throw notGit(text.startsWith(REFUSAL) ? `the server gave up: ${text.slice(REFUSAL.length)}` : undefined);
    refs.set(ref, oid);
  }
  return refs;
}

export interface FetchReply {
  readonly refs: ReadonlyMap<string, Oid>;
  readonly pack: Uint8Array;
  /** Why the server would not even begin. */
  readonly refusal?: string;
}

export function readFetchReply(reply: Uint8Array): FetchReply {
  const refs = new Map<string, Oid>();
  const lines = readPktLines(reply)[Symbol.iterator]();
  for (let section = textOf(lines.next().value); section !== 'packfile'; section = textOf(lines.next().value)) {
    if (section.startsWith(REFUSAL)) return { refs, pack: new Uint8Array(), refusal: section.slice(REFUSAL.length) };
    if (!SECTIONS.includes(section)) throw notGit();
    for (const line of untilMark(lines)) if (section === 'wanted-refs') addWanted(refs, line);
  }
  const { data, failure } = readBands({ [Symbol.iterator]: () => lines });
  if (failure !== undefined) throw notGit(`the server gave up: ${failure}`);
  return { refs, pack: data };
}

const REFUSAL = 'ERR ';
const SECTIONS = ['acknowledgments', 'shallow-info', 'wanted-refs', 'packfile-uris'];

function command(name: string, { objectFormat }: Capabilities, args: readonly string[]): Uint8Array {
  const head = [`command=${name}`, 'agent=gityard', ...(objectFormat ? ['object-format=sha1'] : [])];
  return Buffer.concat([...head.map(line), DELIMITER, ...args.map(line), FLUSH]);
}

function line(text: string): Buffer {
  return pktLine(`${text}\n`);
}

function addWanted(refs: Map<string, Oid>, text: string): void {
  const [oid = '', ref = ''] = text.split(' ');
  if (isOid(oid)) refs.set(ref, oid);
}

function* untilMark(lines: Iterator<PktLine>): Iterable<string> {
  for (let next = lines.next(); !next.done && next.value.kind === 'data'; next = lines.next()) yield textOf(next.value);
}

function dataLines(lines: Iterable<PktLine>): string[] {
  return [...lines].flatMap((it) => (it.kind === 'data' ? [lineText(it.bytes)] : []));
}

function textOf(it: PktLine | undefined): string {
  return it?.kind === 'data' ? lineText(it.bytes) : '';
}
