/**
 * How far the log has been worked off, as one line of text: `<name> <done> <planned> <checksum>`. The name is made with the
 * file, so that numbers never begin again under one name, whatever is lost.
 */
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type Files, readOrNothing, replaceFile } from '../machine/durable-files.ts';

export interface Checkpoint {
  /** Whose numbers these are. */
  readonly name: string;
  /** All records up to here are done with. */
  readonly done: number;
  /** The end of the batch that was handed out last; nothing behind it was. */
  readonly planned: number;
}

const pathOf = (folder: string): string => join(folder, 'checkpoint');

/** Undefined: there is none that can be believed. */
export async function readCheckpoint(disk: Files, folder: string): Promise<Checkpoint | undefined> {
  const text = (await readOrNothing(disk, pathOf(folder)))?.toString('utf8') ?? '';
  const [, line = '', name = '', done, planned, sum] = /^((\S+) (\d+) (\d+)) ([0-9a-f]+)\n$/.exec(text) ?? [];
  return line !== '' && sum === checksum(line) ? { name, done: Number(done), planned: Number(planned) } : undefined;
}

export function writeCheckpoint(disk: Files, folder: string, { name, done, planned }: Checkpoint): Promise<void> {
  const line = `${name} ${done} ${planned}`;
  return replaceFile(disk, pathOf(folder), Buffer.from(`${line} ${checksum(line)}\n`));
}

const checksum = (line: string): string => crc32(line).toString(16);
