/** Where the private key lies with which a person signs jobs: flag, environment, agent file, user's file, default. */
import { dirname, join } from 'node:path';
import type { LocalConfigs } from './settings.ts';
import { userConfigPath } from './user-config.ts';

/** Beside the user's own settings, where `key new` puts it. */
export const defaultSigningKey = (env: NodeJS.ProcessEnv): string => join(dirname(userConfigPath(env)), 'signing-key');

export function signingKeySetting(env: NodeJS.ProcessEnv, { agentFile, userFile }: LocalConfigs) {
  if (env.GITYARD_SIGNING_KEY) return { value: env.GITYARD_SIGNING_KEY, source: 'environment GITYARD_SIGNING_KEY' };
  if (agentFile.signingKey) return { value: agentFile.signingKey, source: 'agent file' };
  if (userFile.signingKey) return { value: userFile.signingKey, source: 'user config' };
  return { value: defaultSigningKey(env), source: 'default' };
}
