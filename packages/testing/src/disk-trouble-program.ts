/**
 * A program for one spec: mounts a small disk over the folder it is given, puts a repository there, and tells in JSON
 * what the store says when that disk is full, and when it is read-only. It has to run in a mount namespace of its own,
 * where it may mount things and takes them with it when it ends.
 */
import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startGitServer } from '@gityard/gitserver';
import { openStore, openTransport, type Store, StoreError } from '@gityard/store';

export interface DiskTale {
  readonly address: string;
  readonly whenFull: Told;
  readonly whenReadOnly: Told;
  readonly whenHealed: Told;
}

interface Told {
  readonly canRead: boolean;
  readonly error?: Pick<StoreError, 'code' | 'message' | 'hint' | 'mayHaveLanded'>;
  readonly conflicts: number;
}

const author = { name: 'Ada', email: 'ada@example.com' };
const folder = process.argv[2] ?? '';
const filling = join(folder, 'filling');

async function main(): Promise<void> {
  await mount('-t', 'tmpfs', '-o', 'size=2m', 'none', folder);
  const server = await startGitServer({ root: folder });
  const repository = await server.createRepository('yard');
  await openAt(repository).create({ edits: [], message: 'begin', author });

  const tales: DiskTale[] = [];
  const addresses = [repository, pathToFileURL(repository).href, server.urlOf('yard')];
  for (const address of addresses) tales.push(await tale(address));
  await server.close();
  console.log(JSON.stringify(tales));
}

async function tale(address: string): Promise<DiskTale> {
  await fill(filling);
  const whenFull = await tryOut(address, 'when full');
  await rm(filling);
  await mount('-o', 'remount,ro', folder);
  const whenReadOnly = await tryOut(address, 'when read-only');
  await mount('-o', 'remount,rw', folder);
  return { address, whenFull, whenReadOnly, whenHealed: await tryOut(address, 'when healed') };
}

async function tryOut(address: string, operation: string): Promise<Told> {
  const store = openAt(address);
  const canRead = (await store.refresh()).commit !== '';
  const error = await store.perform(operation).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  const { conflicts } = store.counters;
  if (error === undefined) return { canRead, conflicts };
  if (!(error instanceof StoreError)) throw error;
  const { code, message, hint, mayHaveLanded } = error;
  return { canRead, conflicts, error: { code, message, hint, mayHaveLanded } };
}

function openAt(address: string): Store<string, string> {
  return openStore<string, string>({
    transport: openTransport(address),
    ref: 'refs/heads/yard',
    compose: (_, operations) => ({
      edits: operations.map((it) => ({ path: it, content: Buffer.from(address) })),
      message: `write ${operations.join()} over ${address}`,
      author,
      answers: operations,
    }),
  });
}

async function fill(path: string): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (;;) await file.write(Buffer.alloc(4096));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
  } finally {
    await file.close();
  }
}

async function mount(...args: string[]): Promise<void> {
  const [code] = (await once(execFile('mount', args), 'close')) as [number | null];
  if (code !== 0) throw new Error(`mount ${args.join(' ')} ended with ${code}`);
}

await main();
