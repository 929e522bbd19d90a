/** Where a server looks for artifacts: with the agents of this machine, and in the store that its settings name. */
import { isAbsolute, join } from 'node:path';
import { openOnce } from '../once.ts';
import { agentConfigPath, homePath, readLocalConfig } from '../start/user-config.ts';
import type { Places } from './artifact-bytes.ts';

export interface PlacesOf {
  readonly env: NodeJS.ProcessEnv;
  /** Homes of agents of this machine beside that of this user. */
  readonly homes?: (() => Promise<readonly string[]>) | undefined;
}

export function placesOf({ env, homes = async () => [] }: PlacesOf): Places {
  const settings = openOnce(async () => {
    const { storageSettings } = await import('@gityard/builder');
    return storageSettings(env, await readLocalConfig(agentConfigPath(env)));
  });
  const store = openOnce(async () => {
    const { artifacts, access } = await settings();
    if (artifacts === undefined) return null;
    const { openStore } = await import('@gityard/builder');
    return openStore({ address: artifacts, access }, env);
  });
  return {
    store,
    temporary: join(homePath(env), 'downloads'),
    folders: async () => {
      const [{ storeIn }, { buildFolder }] = await Promise.all([import('@gityard/builder'), import('@gityard/agent')]);
      const { artifacts = '' } = await settings();
      const own = [homePath(env), ...(await homes())].map((home) => storeIn(buildFolder(home)));
      return isAbsolute(artifacts) ? [...own, artifacts] : own;
    },
  };
}
