/** After the history of the yard was rewritten: what was known before it, to be taken along and compared. */
import type { YardOfPage } from '../yard/yard.ts';
import { saveFile } from './save-file.ts';

/** Answers whether anything was known. */
export async function saveOverwritten({ ask }: Pick<YardOfPage, 'ask'>): Promise<boolean> {
  const before = await ask('overwritten', null).catch(() => null);
  if (before === null) return false;
  const text = `${JSON.stringify({ commit: before.head, ...before }, null, 2)}\n`;
  saveFile(text, { name: `${before.yard}-before-${before.at.replace(/[:.]/g, '-')}.json`, type: 'application/json' });
  return true;
}

export function acceptHistory({ tell }: Pick<YardOfPage, 'tell'>): void {
  tell({ kind: 'history-seen' });
}
