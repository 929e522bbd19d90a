/** A push in words: which refs shall move from what to what, and what the report means for each. Sends nothing itself. */
import { NO_OID } from '../codec/oid.ts';
import { writePack } from '../codec/pack-writer.ts';
import { FLUSH, pktLine } from '../codec/pkt-line.ts';
import { checkRefName } from '../codec/ref-name.ts';
import { readReport } from '../codec/report-status.ts';
import { StoreError } from '../errors.ts';
import { readAdvertisement } from './protocol-zero.ts';
import type { PushOutcome, PushRequest } from './transport.ts';

const CAPABILITIES = 'report-status side-band-64k object-format=sha1 agent=gityard';

/** The old value that we name is what makes the push a compare-and-swap. */
export function pushMessage({ updates, objects }: PushRequest): Uint8Array {
  const lines = updates.map(({ ref, expected, next }, index) => {
    const text = `${expected ?? NO_OID} ${next ?? NO_OID} ${checkRefName(ref)}`;
    return pktLine(index === 0 ? `${text}\0 ${CAPABILITIES}` : text);
  });
  // Also a ref that only names what is there comes with a pack, an empty one; refs that go come without.
  const pack = updates.some((it) => it.next !== null) ? [writePack(objects)] : [];
  return Buffer.concat([...lines, FLUSH, ...pack]);
}

/** After the request was sent only a whole report is an answer. A portal's page or half a line may hide a success. */
export function readOutcome(reply: Uint8Array, { updates }: PushRequest): PushOutcome {
  const refs = updates.map((it) => it.ref);
  try {
    return { kind: 'answered', refs: readReport(reply, refs) };
  } catch (cause) {
    return { kind: 'unclear', cause: cause as Error };
  }
}

/** What was never sent has changed nothing, and is the caller's to hear. */
export function orUnclear(error: unknown): PushOutcome {
  if (error instanceof StoreError && error.mayHaveLanded) return { kind: 'unclear', cause: error };
  throw error;
}

/** When the server's own list shows every ref elsewhere than we expect it, nothing need be sent to hear so. */
export function overtaken(advertisement: Uint8Array, { updates }: PushRequest): PushOutcome | undefined {
  const { refs } = readAdvertisement(advertisement);
  if (updates.some(({ ref, expected }) => (refs.get(ref) ?? null) === expected)) return undefined;
  const answer = { ok: false, sort: 'conflict', reason: 'the ref had moved before the push' } as const;
  return { kind: 'answered', refs: new Map(updates.map(({ ref }) => [ref, answer])) };
}
