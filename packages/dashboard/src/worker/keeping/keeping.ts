/**
 * What stays in this browser when the page is closed: the newest snapshot of each yard, and what Git names by its content.
 * Losing it costs requests and nothing else, so every failure of the browser's storage reads as "not kept".
 */
import type { ReadModel } from '@gityard/domain';

export interface KeptSnapshot {
  readonly model: ReadModel;
  readonly lookedAt: number | null;
  /** What was known when the history turned out to be rewritten, for comparison; null: nobody rewrote it. */
  readonly overwritten: ReadModel | null;
}

export interface Keeping {
  snapshot(address: string): Promise<KeptSnapshot | undefined>;
  keepSnapshot(address: string, kept: KeptSnapshot): Promise<void>;
  /** By what never changes its meaning: a blob's hash, or a commit and a question to it. */
  object(name: string): Promise<Uint8Array | undefined>;
  keepObject(name: string, bytes: Uint8Array): Promise<void>;
}

export const NOTHING_KEPT: Keeping = {
  snapshot: async () => undefined,
  keepSnapshot: async () => undefined,
  object: async () => undefined,
  keepObject: async () => undefined,
};

/** Hosts at which the pages of one owner share an origin, and with it all that is kept there. */
const SHARED_ORIGINS = /\.(github|gitlab)\.io$|\.codeberg\.page$/;

const isSharedOrigin = (page: string): boolean => SHARED_ORIGINS.test(new URL(page).hostname);

/** What a token opened may be private, and other pages of a shared origin can read whatever stays or is told there. */
export const mayLeaveTheWorker = ({ page, hasToken }: { readonly page: string; readonly hasToken: boolean }): boolean =>
  !(hasToken && isSharedOrigin(page));
