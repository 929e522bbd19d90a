/** Own files as JSON that a person can read: after a power cut there is either the old content or the new, never a piece. */
import { writeDurably } from '@gityard/yard';

export const writeJson = (path: string, value: unknown): Promise<void> =>
  writeDurably(path, `${JSON.stringify(value, null, 2)}\n`);
