/** Opens whatever a person names: a repository anywhere, or a folder of files on this disk. */
import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ImportError } from '../import-error.ts';
import { protocolOf } from './address.ts';
import { openFolder } from './folder.ts';
import { openRepository } from './repository.ts';
import type { Source } from './source.ts';

export interface OpenSource {
  /** A path is absolute. */
  readonly address: string;
  readonly ref: string | null;
  readonly history: boolean;
  readonly signal?: AbortSignal | undefined;
}

export async function openSource(options: OpenSource): Promise<Source> {
  const { address, history, ref } = options;
  const protocol = protocolOf(address);
  if (protocol !== 'path') return openRepository({ ...options, protocol });
  const found = await stat(address).catch(() => undefined);
  if (!found?.isDirectory())
    throw new ImportError('NOT_FOUND', `there is no folder ${address}`, { hint: 'name a folder or a repository' });
  if (await isRepository(address)) return openRepository({ ...options, protocol: 'file' });
  if (history || ref !== null)
    throw new ImportError('USAGE', `${address} is a plain folder: it has no history and no branches`, {
      hint: 'leave out --history and --ref, or name the repository itself',
    });
  return openFolder(address);
}

async function isRepository(folder: string): Promise<boolean> {
  const there = async (...names: string[]) => (await stat(join(folder, ...names)).catch(() => undefined)) !== undefined;
  return (await there('.git')) || ((await there('HEAD')) && (await there('objects')) && (await there('refs')));
}
