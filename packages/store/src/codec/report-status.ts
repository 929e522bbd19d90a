/**
 * What receive-pack says of a push, and what it means. Only the reason tells a lost race from a refusal, and only an
 * answer that is whole counts: everything else is "unclear", because the change may have landed.
 */
import type { RefAnswer } from '../transports/transport.ts';
import { diskTroubleIn } from './disk-trouble.ts';
import { FLUSH, lineText, notGit, readPktLines } from './pkt-line.ts';
import { readBands } from './side-band.ts';

// Measured on Git 2.39 and read in later releases and other hosts' replies; new words are refusals until known.
const CONFLICTS = [
  /failed to update ref/i,
  /fetch first/i,
  /non-fast-forward/i,
  /stale info/i,
  /cannot lock ref/i,
  /failed to lock/i,
  /reference already exists/i,
  /reference does not exist/i,
  /incorrect old value/i,
  /is at [0-9a-f]+ but expected/i,
  // No rival but the server's own `git gc`: it removed an emptied folder of objects while ours were moved there. Nothing
  // was changed, and the next try goes through.
  /unable to migrate objects/i,
];

/** How a reason begins when the objects themselves were not taken: the server's disk or our pack, but no rule and no rival. */
export const COULD_NOT_UNPACK = 'the server could not unpack';

/** Throws when the reply is cut, empty or no report. */
export function readReport(reply: Uint8Array, refs: readonly string[]): Map<string, RefAnswer> {
  const { data, messages, failure } = readBands(readPktLines(reply));
  if (data.length === 0)
    throw notGit(failure ? `the server gave up: ${failure}` : 'the server\u2019s report is missing');

  const lines = reportLines(data);
  const unpack = lines.find((line) => line.startsWith('unpack '))?.slice('unpack '.length);
  if (unpack === undefined) throw notGit();
  return new Map(refs.map((ref) => [ref, answerFor(ref, { lines, unpack, messages })]));
}

/** A reason that says nobody was faster is a refusal, and trying again would never end. */
export function sortOf(reason: string): 'conflict' | 'refused' {
  return CONFLICTS.some((pattern) => pattern.test(reason)) ? 'conflict' : 'refused';
}

interface Report {
  readonly lines: readonly string[];
  readonly unpack: string;
  readonly messages: string;
}

function answerFor(ref: string, { lines, unpack, messages }: Report): RefAnswer {
  if (unpack !== 'ok')
    return { ok: false, sort: 'refused', reason: withMessages(`${COULD_NOT_UNPACK}: ${unpack}`, messages) };
  if (lines.includes(`ok ${ref}`)) return { ok: true };

  const refusal = lines.find((line) => line.startsWith(`ng ${ref} `));
  if (refusal === undefined) throw notGit(`the server\u2019s report does not mention ${ref}`);
  const reason = refusal.slice(`ng ${ref} `.length);
  // A lock that did not fit on a full disk is reported like one that a rival held. Only the message tells.
  const sort = diskTroubleIn(gitsOwn(messages)) ? 'refused' : sortOf(reason);
  return { ok: false, sort, reason: sort === 'conflict' ? reason : withMessages(reason, messages) };
}

/** Without what a hook says: its own log may lie on a full disk while rivals are faster than we. */
function gitsOwn(messages: string): string {
  return messages
    .split('\n')
    .filter((line) => /^(error|fatal): /.test(line))
    .join('\n');
}

/** A hook explains itself to people in the second band, and so does a disk. There is no better text for the error. */
function withMessages(reason: string, messages: string): string {
  const said = messages.trim().slice(0, 500);
  return said ? `${reason}: ${said}` : reason;
}

function reportLines(data: Uint8Array): string[] {
  // Without its last flush the report is cut, and the line about our ref may be the one that is missing.
  if (!Buffer.from(data).subarray(-4).equals(FLUSH)) throw notGit('the server\u2019s report is cut');
  return [...readPktLines(data)].flatMap((line) => (line.kind === 'data' ? [lineText(line.bytes)] : []));
}
