/** The body of a commit object ⇄ its fields. Knows nothing of what messages and trailers mean. */
import { StoreError } from '../errors.ts';
import type { Oid } from './oid.ts';

export interface Person {
  readonly name: string;
  readonly email: string;
}

export interface Signature extends Person {
  readonly atSeconds: number;
}

export interface CommitFields {
  readonly tree: Oid;
  readonly parents: readonly Oid[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}

export function encodeCommit({ tree, parents, author, committer, message }: CommitFields): Uint8Array {
  const head = [
    `tree ${tree}`,
    ...parents.map((parent) => `parent ${parent}`),
    `author ${signatureLine(author)}`,
    `committer ${signatureLine(committer)}`,
  ];
  return new TextEncoder().encode(`${head.join('\n')}\n\n${message.replaceAll('\0', '').trimEnd()}\n`);
}

export function decodeCommit(body: Uint8Array): CommitFields {
  const text = Buffer.from(body.buffer, body.byteOffset, body.length).toString('utf8');
  const end = text.indexOf('\n\n');
  const lines = (end < 0 ? text : text.slice(0, end)).split('\n');
  const tree = valuesOf(lines, 'tree')[0];
  if (!tree) throw new StoreError('REMOTE_INVALID', 'a commit names no tree', { hint: 'run git fsck on the server' });
  return {
    tree,
    parents: valuesOf(lines, 'parent'),
    author: parseSignature(valuesOf(lines, 'author')[0]),
    committer: parseSignature(valuesOf(lines, 'committer')[0]),
    message: end < 0 ? '' : text.slice(end + 2),
  };
}

export function signatureLine({ name, email, atSeconds }: Signature): string {
  return `${plain(name) || 'unknown'} <${plain(email)}> ${Math.floor(atSeconds)} +0000`;
}

// Git refuses commits whose names hold these, and drops dots and commas at the ends.
function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must go
  return text.replace(/[<>\x00-\x1f\x7f]/g, '').trim();
}

function valuesOf(lines: readonly string[], key: string): string[] {
  return lines.filter((line) => line.startsWith(`${key} `)).map((line) => line.slice(key.length + 1));
}

/** A person's commit may hold any line here; one that cannot be read has no name and the time 0. */
export function parseSignature(line: string | undefined): Signature {
  const match = /^(.*?) ?<([^>]*)> (\d+)/.exec(line ?? '');
  return { name: match?.[1] ?? '', email: match?.[2] ?? '', atSeconds: Number(match?.[3] ?? 0) };
}
