/** What a build wrote about itself into the file GITYARD_SUMMARY: Markdown for its log, as much of it as a page can hold. */
import type { Folders } from '../folders.ts';
import { openRegularFile } from '../workspace-files.ts';

export const SUMMARY_FILE = 'summary.md';
const MOST_BYTES = 64 * 1024;

export async function takeSummary({ temporary }: Pick<Folders, 'temporary'>): Promise<string | null> {
  const handle = await openRegularFile(temporary, SUMMARY_FILE);
  if (!handle) return null;
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(MOST_BYTES + 1), 0, MOST_BYTES + 1, 0);
    // Cut between lines: half of a secret is none that could be found and taken out.
    const end = bytesRead > MOST_BYTES ? buffer.lastIndexOf(0x0a, MOST_BYTES) + 1 : bytesRead;
    return buffer.toString('utf8', 0, end).trim() || null;
  } finally {
    await handle.close();
  }
}
