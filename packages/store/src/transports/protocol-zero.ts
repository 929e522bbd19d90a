/**
 * Reading in the first version of Git's protocol, which an SSH server falls back to when it does not let clients ask for
 * another: it names all of its refs at once, and then sends one pack. Needs a line that stays open between the two.
 */
import { isOid, type Oid } from '../codec/oid.ts';
import { readPack } from '../codec/pack-reader.ts';
import { FLUSH, lineText, notGit, type PktLine, pktLine, readPktLines } from '../codec/pkt-line.ts';
import { readBands } from '../codec/side-band.ts';
import { checkFormat } from './capabilities.ts';
import { BLOB_FILTER } from './fetch-messages.ts';
import { type Reading, withPrefixes } from './reading.ts';
import type { FetchRequest } from './transport.ts';

export interface OpenLine {
  readonly name: string;
  /** What the server said before it was asked anything. */
  readonly advertisement: Uint8Array;
  /** Says the only thing there is to say, and resolves with all that follows. */
  ask(body: Uint8Array): Promise<Uint8Array>;
}

export function protocolZero({ name, advertisement, ask }: OpenLine): Reading {
  const { refs, offers } = readAdvertisement(advertisement);
  checkFormat(formatIn(offers), name);
  return {
    readRefs: async (prefixes) => withPrefixes(refs, prefixes),
    async fetchRef(request) {
      const head = refs.get(request.ref) ?? null;
      if (head === null || request.have.includes(head)) return { head, objects: [] };

      const pack = packIn(await ask(fetchMessage(head, request, offers)));
      const { objects } = await readPack(pack);
      return request.whole ? { head, objects, pack } : { head, objects };
    },
  };
}

export interface Advertisement {
  readonly refs: ReadonlyMap<string, Oid>;
  /** What the server can do, in its own words. */
  readonly offers: readonly string[];
}

/** The lines of refs that begin every conversation of the first version; of a push, to this day. */
export function readAdvertisement(bytes: Uint8Array): Advertisement {
  const refs = new Map<string, Oid>();
  let offers: readonly string[] = [];
  for (const line of readPktLines(bytes)) {
    if (line.kind !== 'data') continue;
    const [text = '', said] = lineText(line.bytes).split('\0');
    if (said !== undefined) offers = said.trim().split(' ');
    const [oid = '', ref = ''] = text.split(' ');
    if (text.startsWith('ERR ')) throw notGit(`the server gave up: ${text.slice('ERR '.length)}`);
    // An empty repository names "capabilities^{}", and a tag is followed by what it points at.
    if (isOid(oid) && !ref.endsWith('^{}')) refs.set(ref, oid);
  }
  return { refs, offers };
}

/** No differences to what we have (thin-pack): whatever is in the pack can be read by itself, so that once is enough. */
function fetchMessage(head: Oid, { have, depth, whole }: FetchRequest, offers: readonly string[]): Uint8Array {
  const filters = offers.includes('filter') && !whole;
  const able = ['side-band-64k', 'ofs-delta', 'no-progress', ...(filters ? ['filter'] : []), 'agent=gityard'];
  return Buffer.concat([
    pktLine(`want ${head} ${able.join(' ')}\n`),
    ...have.map((oid) => pktLine(`shallow ${oid}\n`)),
    ...(depth ? [pktLine(`deepen ${depth}\n`)] : []),
    ...(filters ? [pktLine(`${BLOB_FILTER}\n`)] : []),
    FLUSH,
    ...have.map((oid) => pktLine(`have ${oid}\n`)),
    pktLine('done\n'),
  ]);
}

/** Before the pack come lines about shallow commits, their flush, and what is common: nothing that we do not know. */
function packIn(reply: Uint8Array): Uint8Array {
  const lines = [...readPktLines(reply)];
  const answer = lines.findIndex((line) => /^(ACK|NAK)/.test(textOf(line)));
  const refusal = lines.map(textOf).find((it) => it.startsWith('ERR '));
  if (answer < 0) throw notGit(refusal && `the server gave up: ${refusal.slice('ERR '.length)}`);

  const { data, failure } = readBands(lines.slice(answer + 1));
  if (failure !== undefined) throw notGit(`the server gave up: ${failure}`);
  return data;
}

function textOf(line: PktLine): string {
  return line.kind === 'data' && line.bytes.length < 200 ? lineText(line.bytes) : '';
}

function formatIn(offers: readonly string[]): string | undefined {
  return offers.find((it) => it.startsWith('object-format='))?.slice('object-format='.length);
}
