/**
 * What the program itself can be told, each by flag, environment, agent file or user's file, in that order. What a whole
 * team must agree on is in yard.json and not here. `config show` prints this list.
 */
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

export function refSettings(flags: GlobalFlags, env: NodeJS.ProcessEnv, files: LocalConfigs): RefSettings {
  const one = (name: 'state' | 'live' | 'logs', flag: string | undefined, byDefault: string): Setting => {
    const variable = `GITYARD_REFS_${name.toUpperCase()}`;
    const value =
      setting(flag, 'flag') ??
      setting(env[variable], `environment ${variable}`) ??
      setting(files.agentFile.refs?.[name], 'agent file') ??
      setting(files.userFile.refs?.[name], 'user config');
    return value ? { ...value, value: fullRef(value.value) } : { value: byDefault, source: 'default' };
  };
  return {
    state: one('state', flags.refsState, 'refs/heads/yard'),
    live: one('live', flags.refsLive, 'refs/heads/yard-live'),
    logs: one('logs', flags.refsLogs, 'refs/heads/yard-logs'),
  };
}

const setting = (value: string | undefined, source: string): Setting | undefined =>
  value ? { value, source } : undefined;

const fullRef = (name: string): string => (name.startsWith('refs/') ? name : `refs/heads/${name}`);
