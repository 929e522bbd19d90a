/** `<home>/secrets/<NAME>`: one file for each secret, closed to everybody but the user who runs the agent. */
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { shellWord } from '@gityard/domain';
import { readPrivateFile } from './private-file.ts';
import { isSecretName, SecretError, type SecretSource, valueFrom } from './source.ts';

export const secretsFolder = (home: string): string => join(home, 'secrets');

export function openFiles(home: string): SecretSource {
  const folder = secretsFolder(home);
  return {
    name: 'files',
    list: async () => (await namesIn(folder)).filter(isSecretName).sort(),
    async read(name) {
      const path = join(folder, name);
      const bytes = isSecretName(name) ? await readPrivateFile(path) : null;
      if (bytes === null) return null;
      await checkFolder(folder);
      return valueFrom(bytes, path);
    },
  };
}

export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new SecretError(`${folder} cannot be read: ${error.message}`);
  });
}

/** Who may write into the folder can put another file in the place of this one. */
async function checkFolder(folder: string): Promise<void> {
  const { mode } = await lstat(folder);
  if (process.platform !== 'win32' && (mode & 0o022) !== 0)
    throw new SecretError(
      `${folder} can be written by others (mode ${(mode & 0o777).toString(8)}): chmod 700 ${shellWord(folder)}`,
    );
}
