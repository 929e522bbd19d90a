/**
 * What systemd hands to a service (`LoadCredential=`, `LoadCredentialEncrypted=`): files in a folder that only this service
 * sees, named by `$CREDENTIALS_DIRECTORY`. Its rights are systemd's work.
 */
import { isAbsolute, join } from 'node:path';
import { namesIn } from './files.ts';
import { readSystemFile } from './private-file.ts';
import { isSecretName, type SecretSource, valueFrom } from './source.ts';

export function openCredentials(folder: string | undefined): SecretSource {
  const isThere = folder !== undefined && isAbsolute(folder);
  return {
    name: 'credentials',
    list: async () => (isThere ? (await namesIn(folder)).filter(isSecretName).sort() : []),
    async read(name) {
      if (!isThere || !isSecretName(name)) return null;
      const path = join(folder, name);
      const bytes = await readSystemFile(path);
      return bytes && valueFrom(bytes, path);
    },
  };
}
