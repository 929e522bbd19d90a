/** How the programs that run for long tell what happens: by flag, environment, agent file or user's file, in that order. */
import { isAbsolute, join } from 'node:path';
import { LOG_FORMATS, LOG_LEVELS, type LogFormat, type LogLevel } from '@gityard/telemetry';
import { usageError } from '../errors.ts';
import { oneOf, option } from '../parameters.ts';
import type { LocalConfigs } from '../start/settings.ts';

/** Of the commands that are such programs: by these the others are told from them. */
export const LOG_FLAGS = {
  logFormat: oneOf(LOG_FORMATS, 'how it tells what happens: as sentences, or one JSON object a line'),
  logLevel: oneOf(LOG_LEVELS, 'the least of what it tells (info)'),
  logFile: option('file', 'where it tells it, instead of stderr'),
};

interface LogFlags {
  readonly logFormat?: unknown;
  readonly logLevel?: unknown;
  readonly logFile?: unknown;
}

interface Places {
  readonly env: NodeJS.ProcessEnv;
  readonly cwd: string;
  readonly files: LocalConfigs;
}

interface Chosen<Value> {
  readonly value: Value;
  readonly source: string;
}

export interface LogSettings {
  readonly format: Chosen<LogFormat>;
  readonly level: Chosen<LogLevel>;
  readonly file: Chosen<string | null>;
}

export function logSettings(flags: LogFlags, { env, cwd, files }: Places): LogSettings {
  const given = (name: 'format' | 'level' | 'file', flag: unknown): Chosen<string> | undefined => {
    const variable = `GITYARD_LOG_${name.toUpperCase()}`;
    const places: readonly (readonly [unknown, string])[] = [
      [flag, 'flag'],
      [env[variable], `environment ${variable}`],
      [files.agentFile.log?.[name], 'agent file'],
      [files.userFile.log?.[name], 'user config'],
    ];
    const [found] = places.filter(([value]) => typeof value === 'string' && value !== '');
    return found && { value: String(found[0]), source: found[1] };
  };
  const file = given('file', flags.logFile);
  return {
    format: oneOfThese(LOG_FORMATS, given('format', flags.logFormat)) ?? { value: 'text', source: 'default' },
    level: oneOfThese(LOG_LEVELS, given('level', flags.logLevel)) ?? { value: 'info', source: 'default' },
    file: file ? { ...file, value: isAbsolute(file.value) ? file.value : join(cwd, file.value) } : NO_FILE,
  };
}
const NO_FILE: Chosen<null> = { value: null, source: 'default' };

function oneOfThese<const Value extends string>(
  values: readonly Value[],
  chosen: Chosen<string> | undefined,
): Chosen<Value> | undefined {
  if (!chosen) return undefined;
  const value = values.find((it) => it === chosen.value);
  if (value === undefined)
    throw usageError(`${chosen.value} (${chosen.source}) is none of ${values.join(', ')}`, 'choose one of them');
  return { ...chosen, value };
}
