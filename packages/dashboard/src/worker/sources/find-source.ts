/** Which source a page has: the one that its address names, else the daemon that serves it. */
import { openSession } from './api-session.ts';
import { apiSource } from './api-source.ts';
import type { Source } from './source.ts';

export interface FindSource {
  readonly page: string;
  readonly source: string | null;
  /** Lets the page act where the daemon serves it. */
  readonly key: string | null;
}

export async function findSource({ page, key }: FindSource): Promise<Source> {
  return apiSource(page, await openSession(page, key));
}
