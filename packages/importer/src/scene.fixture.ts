/** For specs: a source out of nothing, and yards in memory that close themselves. */
import { MemoryRemote } from '@gityard/store';
import { makePredecessor, type Predecessor, type PredecessorOptions, temporaryFolder } from '@gityard/testing';
import { createYard, openYard, type Yard } from '@gityard/yard';
import type { ImportPredecessor } from './import-predecessor.ts';
import type { Source, SourceFile } from './source/source.ts';

export const aFile = (path: string, content: string | Uint8Array, more: Partial<SourceFile> = {}): SourceFile => ({
  path,
  bytes: Buffer.from(content),
  problem: null,
  commit: null,
  time: null,
  author: null,
  replacedBy: null,
  hasOlder: false,
  ...more,
});

export const sourceOf = (...files: readonly SourceFile[]): Source => ({
  address: '/srv/old',
  commit: null,
  commits: null,
  others: 0,
  files: async function* () {
    yield* files;
  },
  close: () => Promise.resolve(),
});

export interface Scene {
  readonly remote: MemoryRemote;
  yard(actor?: string): Promise<Yard>;
  predecessor(options?: PredecessorOptions): Promise<Predecessor>;
  folder(): Promise<string>;
  close(): Promise<void>;
}

export async function scene(): Promise<Scene> {
  const remote = new MemoryRemote();
  const closing: (() => Promise<void>)[] = [];
  await createYard({ address: remote.transport(), actor: 'founder' });
  const folder = async () => {
    const { path, remove } = await temporaryFolder();
    closing.push(remove);
    return path;
  };
  return {
    remote,
    folder,
    yard: async (actor = 'importer') => {
      const yard = openYard({ address: remote.transport(), actor });
      closing.push(() => yard.close());
      await yard.refresh();
      return yard;
    },
    predecessor: async (options) => makePredecessor(await folder(), options),
    close: async () => {
      for (const close of closing.splice(0).reverse()) await close();
    },
  };
}

export const wish = (address: string, more: Partial<ImportPredecessor> = {}): ImportPredecessor => ({
  address,
  ref: null,
  history: false,
  repair: false,
  redact: false,
  dryRun: false,
  by: 'ann',
  reason: null,
  ...more,
});
