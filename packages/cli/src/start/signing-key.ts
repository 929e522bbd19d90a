/** Where the private key lies with which a person signs jobs: flag, environment, agent file, user's file, default. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LocalConfigs } from './settings.ts';
import { userConfigPath } from './user-config.ts';

const NAME = 'signing-key';
const besideSettings = (env: NodeJS.ProcessEnv): string => join(dirname(userConfigPath(env)), NAME);

/** Where `key new` puts it: whoever names a home wants what is his there, and else it is beside the user's own settings. */
export const defaultSigningKey = (env: NodeJS.ProcessEnv): string =>
  env.GITYARD_HOME ? join(env.GITYARD_HOME, NAME) : besideSettings(env);

/** One that was made for all homes of a user counts where a home has none of its own. */
function foundSigningKey(env: NodeJS.ProcessEnv): string {
  const own = defaultSigningKey(env);
  return existsSync(own) || !existsSync(besideSettings(env)) ? own : besideSettings(env);
}

export function signingKeySetting(env: NodeJS.ProcessEnv, { agentFile, userFile }: LocalConfigs) {
  if (env.GITYARD_SIGNING_KEY) return { value: env.GITYARD_SIGNING_KEY, source: 'environment GITYARD_SIGNING_KEY' };
  if (agentFile.signingKey) return { value: agentFile.signingKey, source: 'agent file' };
  if (userFile.signingKey) return { value: userFile.signingKey, source: 'user config' };
  return { value: foundSigningKey(env), source: 'default' };
}
