/** What a yard is opened with beside its address: the token to send, and the key for ssh. Shown nowhere but by name. */
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { LocalConfigs } from './settings.ts';
import { agentConfigPath, userConfigPath } from './user-config.ts';
import { credentialFile, tokenFor, type YardAddress } from './yard-address.ts';

export interface Access {
  readonly token: string | undefined;
  readonly sshKey: string | undefined;
}

export interface AccessPlaces {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly files: LocalConfigs;
}

export const accessFor = (found: YardAddress, places: AccessPlaces): Access => ({
  token: tokenFor(found, places.env),
  sshKey: sshKeySetting(places).value ?? undefined,
});

/** The file of the private key: of the environment from where one stands, of a file from where that is. */
export function sshKeySetting({ env, cwd, files }: AccessPlaces): { value: string | null; source: string } {
  const { agentFile, userFile } = files;
  const [agentFolder, userFolder] = [dirname(agentConfigPath(env)), dirname(userConfigPath(env))];
  if (env.GITYARD_SSH_KEY) return { value: absolute(env.GITYARD_SSH_KEY, cwd), source: 'environment GITYARD_SSH_KEY' };
  const loaded = credentialFile(env, 'gityard-ssh-key');
  if (loaded !== undefined) return { value: loaded, source: 'credential gityard-ssh-key' };
  if (agentFile.sshKey) return { value: absolute(agentFile.sshKey, agentFolder), source: 'agent file' };
  if (userFile.sshKey) return { value: absolute(userFile.sshKey, userFolder), source: 'user config' };
  return { value: null, source: 'default' };
}

const absolute = (path: string, folder: string): string =>
  path.startsWith('~/') ? join(homedir(), path.slice(2)) : resolve(folder, path);
