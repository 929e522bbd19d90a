/** Every kind of source, written by hand: a new one is a file beside this, its words in `source-address.ts` and a line here. Only the one that a page has is ever loaded. */
import type { ApiSession } from './api-session.ts';
import type { Source, SourceKind } from './source.ts';
import type { RefNames, SourceAddress } from './source-address.ts';
import type { Wiring } from './wiring.ts';

export interface Opening {
  /** The folder of the page. */
  readonly page: string;
  readonly refs: RefNames;
  /** With the daemon of this page, if there is one. */
  readonly session: ApiSession;
  readonly wiring: Wiring;
}

type Open<K extends SourceKind> = (address: Extract<SourceAddress, { kind: K }>, opening: Opening) => Promise<Source>;

const FILES = { api: () => import('./api-source.ts'), github: () => import('./github-source.ts') } as const;

const SOURCES: { readonly [K in SourceKind]: Open<K> } = {
  api: async (_, opening) => (await FILES.api()).apiSource(opening.page, opening),
  github: async (address, opening) => (await FILES.github()).githubSource(address, opening),
  gitea: async (address, opening) => (await import('./gitea-source.ts')).giteaSource(address, opening),
  folder: async ({ folder }, { wiring }) => {
    const [{ folderSource }, { filesIn }] = await Promise.all([
      import('./folder-source.ts'),
      import('./folder-files.ts'),
    ]);
    return folderSource(folder, filesIn(folder, wiring));
  },
};

/** While it is still being asked which source it will be. A file that does not come is told of by whoever needs it. */
export const fetchEarly = (likely: keyof typeof FILES): void => void FILES[likely]().catch(() => undefined);

export const openSource = <K extends SourceKind>(
  address: Extract<SourceAddress, { kind: K }>,
  opening: Opening,
): Promise<Source> => SOURCES[address.kind as K](address, opening);
