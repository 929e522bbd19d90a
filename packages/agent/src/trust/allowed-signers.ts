/**
 * `allowed_signers` in the format of OpenSSH: whose keys count here, for what and from when to when. A line that cannot be read
 * gives nobody a right, and is told of; nothing of it ever comes from the yard.
 */
import { globMatches } from '@gityard/domain';
import { type PublicKey, publicKeyFrom } from './public-key.ts';

interface AllowedSigner {
  readonly principals: string;
  readonly key: PublicKey;
  /** Patterns; null: for anything. */
  readonly namespaces: readonly string[] | null;
  readonly validAfterMs: number | null;
  readonly validBeforeMs: number | null;
  readonly line: number;
}

export interface AllowedSigners {
  readonly signers: readonly AllowedSigner[];
  readonly problems: readonly { readonly line: number; readonly text: string }[];
}

export const NO_SIGNERS: AllowedSigners = { signers: [], problems: [] };

export function readAllowedSigners(text: string): AllowedSigners {
  const signers: AllowedSigner[] = [];
  const problems: { line: number; text: string }[] = [];
  for (const [index, row] of text.split(/\r?\n/).entries()) {
    if (/^\s*(?:#|$)/.test(row)) continue;
    try {
      signers.push(readLine(row, index + 1));
    } catch (error) {
      problems.push({ line: index + 1, text: (error as Error).message });
    }
  }
  return { signers, problems };
}

const QUOTED_WORD = /^(?:"([^"]*)"|(\S+))\s+/;
const OPTIONS = /^((?:[A-Za-z-]+(?:="[^"]*")?)(?:,[A-Za-z-]+(?:="[^"]*")?)*)\s+(?=\S+\s)/;
const KEY_TYPE = /^(?:ssh-|ecdsa-|sk-)/;

function readLine(row: string, line: number): AllowedSigner {
  const [whole = '', quoted, bare] = QUOTED_WORD.exec(row.trimStart()) ?? [];
  const principals = quoted ?? bare;
  if (principals === undefined || principals === '') throw new Error('names nobody');
  const rest = row.trimStart().slice(whole.length);
  const [taken = '', options = ''] = KEY_TYPE.test(rest) ? [] : (OPTIONS.exec(rest) ?? []);
  const signer = { principals, key: publicKeyFrom(rest.slice(taken.length)), line };
  return { ...signer, ...optionsFrom(options) };
}

function optionsFrom(text: string): Pick<AllowedSigner, 'namespaces' | 'validAfterMs' | 'validBeforeMs'> {
  const found = {
    namespaces: null as string[] | null,
    validAfterMs: null as number | null,
    validBeforeMs: null as number | null,
  };
  for (const [, name = '', value = ''] of text.matchAll(/([A-Za-z-]+)(?:="([^"]*)")?/g)) {
    if (name.toLowerCase() === 'namespaces') found.namespaces = value.split(',');
    else if (name.toLowerCase() === 'valid-after') found.validAfterMs = timeFrom(value);
    else if (name.toLowerCase() === 'valid-before') found.validBeforeMs = timeFrom(value);
    else if (name.toLowerCase() === 'cert-authority')
      throw new Error('certificates are not supported; list the keys themselves');
    else throw new Error(`has an option ${name} that is not known`);
  }
  return found;
}

/** YYYYMMDD or YYYYMMDDHHMM[SS], of this machine's time zone unless a Z says UTC. */
function timeFrom(text: string): number {
  const [, year, month, day, hour = '00', minute = '00', second = '00', zone = ''] =
    /^(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(Z?)$/.exec(text) ?? [];
  const ms = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  if (Number.isNaN(ms))
    throw new Error(`has a time ${JSON.stringify(text)} that is not like 20260131 or 202601311200Z`);
  return ms;
}

export interface Occasion {
  readonly namespace: string;
  readonly atMs: number;
}

/** Who of them a key belongs to now; a sentence on why it is nobody's. */
export function principalOf(
  { signers }: Pick<AllowedSigners, 'signers'>,
  key: Pick<PublicKey, 'blob' | 'fingerprint'>,
  occasion: Occasion,
): { readonly principal: string } | { readonly problem: string } {
  const lines = signers.filter((it) => it.key.blob.equals(key.blob));
  if (lines.length === 0) return { problem: `the key ${key.fingerprint} is none that this machine knows` };
  const problems = lines.map((it) => problemOf(it, occasion));
  const fitting = lines.find((_, at) => problems[at] === null);
  return fitting ? { principal: fitting.principals } : { problem: `the key ${key.fingerprint} ${problems[0]}` };
}

function problemOf(
  { namespaces, validAfterMs, validBeforeMs }: AllowedSigner,
  { namespace, atMs }: Occasion,
): string | null {
  if (namespaces !== null && !namespaces.some((it) => globMatches(it, namespace)))
    return `is not good for ${namespace}`;
  if (validAfterMs !== null && atMs < validAfterMs)
    return `is good only from ${new Date(validAfterMs).toISOString()} on`;
  if (validBeforeMs !== null && atMs >= validBeforeMs) return `was good until ${new Date(validBeforeMs).toISOString()}`;
  return null;
}
