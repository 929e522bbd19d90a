/**
 * A logbook on this machine: a folder under GITYARD_HOME, into which any number of processes write, one at a time. Each line
 * is on the disk before its writer goes on, so that a script that is killed leaves all it had said. Knows no yard.
 */
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { takeFileLock, writeDurably } from '@gityard/yard';
import { CliError } from '../errors.ts';
import { type Entry, type Final, type Head, readEntries } from './entry.ts';
import { bookFolder, booksFolder, isThere, readOwn } from './place.ts';

/** Two megabytes of words are more than anybody reads; what comes later is left out, and the log says so. */
const MOST_BYTES = 2 << 20;
const PATIENCE_MS = 30_000;
const LOCK = { staleMs: 10_000, updateMs: 2_000 } as const;

export interface Book {
  readonly head: Head;
  readonly entries: readonly Entry[];
  readonly final: Final | null;
  /** Something was left out, because the log is full. */
  readonly truncated: boolean;
}

/** Undefined: there is one of that name already. */
export async function createBook(home: string, head: Head): Promise<boolean> {
  const folder = bookFolder(home, head.id);
  await mkdir(booksFolder(home), { recursive: true });
  try {
    await mkdir(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  await writeDurably(join(folder, 'head.json'), `${JSON.stringify(head)}\n`);
  return true;
}

export async function readBook(home: string, id: string): Promise<Book> {
  const folder = bookFolder(home, id);
  const head = await readOwn<Head>(join(folder, 'head.json'));
  if (!head)
    throw new CliError('NOT_FOUND', `there is no logbook ${id} on this machine`, {
      hint: 'gityard logbook init <job> <branch> <commit> begins one, and prints its id',
    });
  const text = await readFile(join(folder, 'entries.jsonl'), 'utf8').catch(() => '');
  const final = (await readOwn<Final>(join(folder, 'final.json'))) ?? null;
  return { head, entries: readEntries(text), final, truncated: await isThere(join(folder, 'full')) };
}

/** Refused when it was closed. */
export async function append(home: string, id: string, entry: Entry): Promise<void> {
  await locked(home, id, async (folder) => {
    if (await isThere(join(folder, 'final.json'))) throw closed(id);
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    const file = await open(join(folder, 'entries.jsonl'), 'a', 0o600);
    try {
      const { size } = await file.stat();
      if (size + line.length > MOST_BYTES) return await writeDurably(join(folder, 'full'), '');
      // Behind a line that was torn a new one begins.
      await file.writeFile(size > 0 && !(await endsWhole(folder, size)) ? Buffer.concat([NEWLINE, line]) : line);
      await file.sync();
    } finally {
      await file.close();
    }
  });
}

/** Closes it; the first end stands. */
export async function close(home: string, id: string, final: Final): Promise<Final> {
  return locked(home, id, async (folder) => {
    const path = join(folder, 'final.json');
    const before = await readOwn<Final>(path);
    if (before && (before.status !== final.status || before.exitCode !== final.exitCode)) throw closed(id);
    if (!before) await writeDurably(path, `${JSON.stringify(final)}\n`);
    return before ?? final;
  });
}

async function locked<R>(home: string, id: string, act: (folder: string) => Promise<R>): Promise<R> {
  await readBookHead(home, id);
  const folder = bookFolder(home, id);
  const options = { ...LOCK, holderPath: join(folder, 'holder') };
  for (const until = performance.now() + PATIENCE_MS; performance.now() < until; ) {
    const { lock } = await takeFileLock(join(folder, 'lock'), options);
    if (!lock) {
      await delay(5 + Math.random() * 20);
      continue;
    }
    try {
      return await act(folder);
    } finally {
      await lock.release();
    }
  }
  throw new CliError('TIMEOUT', `logbook ${id} is held by another process`, { hint: 'try again' });
}

/** Told before anything is locked in a folder that is not there. */
const readBookHead = async (home: string, id: string): Promise<void> => void (await readBook(home, id));

const closed = (id: string): CliError =>
  new CliError('ALREADY_FINISHED', `logbook ${id} is closed`, { hint: 'gityard logbook init begins a new one' });

const NEWLINE = Buffer.from('\n');

async function endsWhole(folder: string, size: number): Promise<boolean> {
  const file = await open(join(folder, 'entries.jsonl'), 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, size - 1);
    return buffer.equals(NEWLINE);
  } finally {
    await file.close();
  }
}
