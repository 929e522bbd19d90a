/** The entries of a Debian package: an `ar` of two tars, what it says and what it installs. Other `ar`s are listed as they are. */
import type { FileHandle } from 'node:fs/promises';
import { type Allowance, type Entry, NotReadable, readEntry } from './entry.ts';
import { readRange } from './read-range.ts';
import { SNIFFED_BYTES, sniff } from './sniff.ts';
import { tarEntries } from './tar-entries.ts';
import { unpack } from './unpack.ts';

interface Member {
  readonly name: string;
  readonly mtimeMs: number;
  readonly owner: string;
  readonly mode: number;
  readonly start: number;
  readonly sizeBytes: number;
}

export async function debEntries(handle: FileHandle, allowance: Allowance): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const member of await membersOf(handle, allowance))
    entries.push(...(await entriesOf(handle, member, allowance)));
  return entries;
}

async function entriesOf(handle: FileHandle, member: Member, allowance: Allowance): Promise<Entry[]> {
  const { name, start, sizeBytes, mtimeMs, owner, mode } = member;
  const stream = readRange(handle, start, start + sizeBytes);
  const tar = /^((?:control|data)\.tar)(?:\.\w+)?$/.exec(name)?.[1];
  if (tar === undefined) return [await readEntry({ name, mtimeMs, owner, mode }, stream, allowance)];
  const { buffer } = await handle.read(Buffer.alloc(SNIFFED_BYTES), 0, SNIFFED_BYTES, start);
  const sort = sniff(buffer);
  const plain = sort === 'gzip' || sort === 'xz' || sort === 'zstd' ? unpack(stream, sort) : stream;
  return tarEntries(plain, allowance, `${tar}/`);
}

const HEADER_BYTES = 60;

async function membersOf(handle: FileHandle, allowance: Allowance): Promise<Member[]> {
  const { size } = await handle.stat();
  const members: Member[] = [];
  for (let at = 8; at < size; ) {
    allowance.entry();
    const { buffer } = await handle.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, at);
    const member = memberAt(buffer.toString('latin1'), at + HEADER_BYTES);
    if (!member || member.start + member.sizeBytes > size) throw new NotReadable('is no sound ar archive');
    members.push(member);
    // Each begins at an even place.
    at = member.start + member.sizeBytes + (member.sizeBytes % 2);
  }
  return members;
}

function memberAt(header: string, start: number): Member | undefined {
  const field = (from: number, to: number) => header.slice(from, to).trim();
  const sizeBytes = Number(field(48, 58));
  if (header.slice(58) !== '`\n' || !Number.isSafeInteger(sizeBytes) || sizeBytes < 0) return undefined;
  return {
    name: field(0, 16).replace(/\/$/, ''),
    mtimeMs: Number(field(16, 28)) * 1000,
    owner: `${field(28, 34)}:${field(34, 40)}`,
    mode: Number.parseInt(field(40, 48), 8) || 0,
    start,
    sizeBytes,
  };
}
