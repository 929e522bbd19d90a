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

export function refSettings(flags: GlobalFlags, env: NodeJS.ProcessEnv, files: LocalConfigs): RefSettings {
  const one = (name: 'state' | 'live' | 'logs', flag: string | undefined, byDefault: string): Setting => {
    const variable = `GITYARD_REFS_${name.toUpperCase()}`;
    const value =
      setting(flag, 'flag') ??
      setting(env[variable], `environment ${variable}`) ??
      setting(files.agentFile.refs?.[name], 'agent file') ??
      setting(files.userFile.refs?.[name], 'user config');
    return value ? { ...value, value: fullRef(value) } : { value: byDefault, source: 'default' };
  };
  const refs = {
    state: one('state', flags.refsState, 'refs/heads/yard'),
    live: one('live', flags.refsLive, 'refs/heads/yard-live'),
    logs: one('logs', flags.refsLogs, 'refs/heads/yard-logs'),
  };
  const names = Object.values(refs).map((it) => it.value);
  if (new Set(names).size < names.length)
    throw usageError(`state, live and logs need three refs, not ${names.join(', ')}`, 'name each of them differently');
  return refs;
}

const setting = (value: string | undefined, source: string): Setting | undefined =>
  value ? { value, source } : undefined;

/** As Git's own rules have it (git check-ref-format), and no place that Git uses for itself. */
const REF = /^refs\/(?!.*(?:\.\.|\/\/|\/\.|@\{|\.lock(?:\/|$)))[^\0- \x7f~^:?*[\\]+(?<![./])$/;

function fullRef({ value, source }: Setting): string {
  const ref = value.startsWith('refs/') ? value : `refs/heads/${value}`;
  if (REF.test(ref)) return ref;
  throw usageError(`${value} (${source}) is no name of a ref`, 'write it like yard or refs/heads/yard');
}
