/** The entries of a tar, from a stream of it that is not packed any more. */
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import type { ReadEntry } from 'tar';
import { type Allowance, type Entry, NotReadable, readEntry } from './entry.ts';

export async function tarEntries(stream: Readable, allowance: Allowance, prefix = ''): Promise<Entry[]> {
  try {
    return await entriesIn(stream, (entry) => entryOf(entry, allowance, prefix));
  } catch (error) {
    throw error instanceof NotReadable ? error : new NotReadable(`is no sound tar: ${(error as Error).message}`);
  } finally {
    stream.destroy();
  }
}

async function entriesIn(stream: Readable, read: (entry: ReadEntry) => Promise<Entry>): Promise<Entry[]> {
  const { Parser } = await import('tar');
  const entries: Promise<Entry>[] = [];
  let fail: (error: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);
  const onReadEntry = (entry: ReadEntry): void => {
    const reading = read(entry);
    reading.catch(fail);
    entries.push(reading);
  };
  const parser = new Parser({ strict: true, onReadEntry });
  parser.on('error', fail);
  const ended = once(parser, 'end');
  ended.catch(() => undefined);
  for await (const chunk of stream) {
    const room = once(parser, 'drain');
    room.catch(() => undefined);
    // Nobody makes room any more once an entry was given up.
    if (!parser.write(chunk as Buffer)) await Promise.race([room, failed]);
  }
  parser.end();
  await Promise.race([ended, failed]);
  return Promise.race([Promise.all(entries), failed]);
}

async function entryOf(entry: ReadEntry, allowance: Allowance, prefix: string): Promise<Entry> {
  allowance.entry();
  const { path, mtime, uid, gid, uname, gname, mode = 0, linkpath, type } = entry;
  const facts = {
    name: `${prefix}${path}${linkpath ? ` -> ${linkpath}` : ''}${/File|Directory/.test(type) || linkpath ? '' : ` (${type})`}`,
    mtimeMs: mtime?.getTime() ?? 0,
    owner: `${uname ?? ''}:${gname ?? ''} ${uid ?? ''}:${gid ?? ''}`,
    mode,
  };
  return readEntry(facts, entry as unknown as AsyncIterable<Buffer>, allowance);
}
