/** Writes the built page into a folder that Pages of a host can serve, set up for one yard. */
import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Refs } from '@gityard/yard';
import { CliError, usageError } from '../errors.ts';
import { PAGES } from '../place.ts';
import { makeFolder } from '../start/make-folder.ts';
import type { PageSource } from './page-source.ts';
import { withConnectHosts } from './with-connect-hosts.ts';
import { withIntegrity } from './with-integrity.ts';

const SERVICE_WORKER = 'service-worker.js';

export interface WritePages {
  readonly folder: string;
  readonly source: PageSource;
  readonly refs: Refs;
  readonly built?: string;
}

export async function writePages({ folder, source, refs, built = PAGES }: WritePages): Promise<void> {
  const page = await readFile(join(built, 'index.html'), 'utf8').catch((cause: unknown) => {
    throw new CliError('NOT_FOUND', 'the page was not built yet', { hint: 'run npm run build in the checkout', cause });
  });
  const there = await readFile(join(folder, 'index.html'), 'utf8').catch(() => undefined);
  if (there !== undefined && !there.includes('<app-shell'))
    throw usageError(`${join(folder, 'index.html')} is a page of somebody else`, 'name another folder with --docs');

  await makeFolder(folder);
  await cp(built, folder, { recursive: true });
  const became = withConnectHosts(page, source.hosts);
  await writeFile(join(folder, 'index.html'), became);
  const serviceWorker = await readFile(join(built, SERVICE_WORKER), 'utf8');
  await writeFile(join(folder, SERVICE_WORKER), withIntegrity(serviceWorker, { page, became }));
  const short = Object.fromEntries(Object.entries(refs).map(([name, ref]) => [name, ref.replace('refs/heads/', '')]));
  await writeFile(join(folder, 'config.json'), `${JSON.stringify({ source: source.word, refs: short }, null, 2)}\n`);
  // Else GitHub would run the files through a generator of sites first.
  await writeFile(join(folder, '.nojekyll'), '');
}
