/**
 * What the program itself can be told, each by flag, environment, agent file or user's file, in that order. What a whole
 * team must agree on is in yard.json and not here. `config show` prints this list.
 */
import { usageError } from '../errors.ts';
import { agentConfigPath, type LocalConfig, readLocalConfig, userConfigPath } from './user-config.ts';

export interface GlobalFlags {
  readonly yard: string | undefined;
  readonly agent: string | undefined;
  readonly refsState: string | undefined;
  readonly refsLive: string | undefined;
  readonly refsLogs: string | undefined;
}

interface Setting {
  readonly value: string;
  readonly source: string;
}

export interface RefSettings {
  readonly state: Setting;
  readonly live: Setting;
  readonly logs: Setting;
}

export interface LocalConfigs {
  readonly agentFile: LocalConfig;
  readonly userFile: LocalConfig;
}

export async function readLocalConfigs(env: NodeJS.ProcessEnv): Promise<LocalConfigs> {
  const [agentFile, userFile] = await Promise.all([
    readLocalConfig(agentConfigPath(env)),
    readLocalConfig(userConfigPath(env)),
  ]);
  return { agentFile, userFile };
}

export async function refSettings(
  flags: GlobalFlags,
  env: NodeJS.ProcessEnv,
  files: LocalConfigs,
): Promise<RefSettings> {
  const one = async (
    name: 'state' | 'live' | 'logs',
    flag: string | undefined,
    byDefault: string,
  ): Promise<Setting> => {
    const variable = `GITYARD_REFS_${name.toUpperCase()}`;
    const given =
      setting(flag, 'flag') ??
      setting(env[variable], `environment ${variable}`) ??
      setting(files.agentFile.refs?.[name], 'agent file') ??
      setting(files.userFile.refs?.[name], 'user config');
    return given ? { ...given, value: await fullRef(given) } : { value: byDefault, source: 'default' };
  };
  const refs = {
    state: await one('state', flags.refsState, 'refs/heads/yard'),
    live: await one('live', flags.refsLive, 'refs/heads/yard-live'),
    logs: await one('logs', flags.refsLogs, 'refs/heads/yard-logs'),
  };
  const names = Object.values(namesOf(refs));
  if (new Set(names).size < names.length)
    throw usageError(`state, live and logs need three refs, not ${names.join(', ')}`, 'name each of them differently');
  return refs;
}

/** The names alone, as a yard is opened with them. */
export const namesOf = ({ state, live, logs }: RefSettings) => ({
  state: state.value,
  live: live.value,
  logs: logs.value,
});

const setting = (value: string | undefined, source: string): Setting | undefined =>
  value ? { value, source } : undefined;

async function fullRef({ value, source }: Setting): Promise<string> {
  // Whoever names no ref need not wait for the store to be loaded.
  const { isRefName } = await import('@gityard/store');
  const ref = value.startsWith('refs/') ? value : `refs/heads/${value}`;
  if (isRefName(ref)) return ref;
  throw usageError(`${value} (${source}) is no name of a ref`, 'write it like yard or refs/heads/yard');
}
