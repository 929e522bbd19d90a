/** What a build wrote about itself into the file GITYARD_SUMMARY: Markdown for its log, as much of it as a page can hold. */
import type { Folders } from '../folders.ts';
import { openRegularFile } from '../workspace-files.ts';

export const SUMMARY_FILE = 'summary.md';
const MOST_BYTES = 64 * 1024;

export async function takeSummary({ temporary }: Pick<Folders, 'temporary'>): Promise<string | null> {
  const handle = await openRegularFile(temporary, SUMMARY_FILE);
  if (!handle) return null;
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(MOST_BYTES), 0, MOST_BYTES, 0);
    return buffer.toString('utf8', 0, bytesRead).trim() || null;
  } finally {
    await handle.close();
  }
}
