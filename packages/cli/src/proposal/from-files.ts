/** Files that somebody is about to put into the inbox, or a yard.json, as they lie there. */
import { basename, resolve } from 'node:path';
import { FILE_LIMIT_BYTES, type ProposedFile } from '@gityard/yard';
import { CliError } from '../errors.ts';
import { inboxFiles } from '../queue/inbox-files.ts';
import { readFileUpTo } from '../read-up-to.ts';

export async function fromFiles(name: string, cwd: string): Promise<readonly ProposedFile[]> {
  const files: ProposedFile[] = [];
  for (const file of await inboxFiles([name], cwd)) {
    const content = await readFileUpTo(resolve(cwd, file), { mostBytes: FILE_LIMIT_BYTES, what: file });
    if (!content)
      throw new CliError('TOO_LARGE', `${file} has more than ${FILE_LIMIT_BYTES} bytes`, { hint: 'split it' });
    files.push({ path: placeOf(file, name), mode: '100644', content });
  }
  return files;
}

/** Where it would lie: as its path says, or else in the inbox itself. */
function placeOf(file: string, named: string): string {
  const path = file.replaceAll('\\', '/');
  const [inbox] = /(?:^|(?<=\/))queue\/(?:[^/]+\/)?[^/]+$/.exec(path) ?? [];
  if (inbox !== undefined) return inbox;
  if (basename(path) === 'yard.json') return 'yard.json';
  const folder = named.replaceAll('\\', '/').replace(/\/+$/, '');
  return path === folder ? `queue/${basename(path)}` : `queue/${path.slice(folder.length + 1)}`;
}
