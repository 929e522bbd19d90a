/** What is wrong with the files of settings of this machine: keys that no program reads. */
import { readFile } from 'node:fs/promises';
import { didYouMean } from '@gityard/domain/did-you-mean';
import { lineOf } from '@gityard/yard';
import type { LintFinding } from './lint-config.ts';

/** Dotted for those within a group. The stores are read by the builder (`builder/src/stores/storage-settings.ts`). */
const KEYS = [
  'yard',
  'agent',
  'sshKey',
  'signingKey',
  'relayKey',
  'relayHost',
  'metricsFile',
  'refs.state',
  'refs.live',
  'refs.logs',
  'log.format',
  'log.level',
  'log.file',
  'artifacts.store',
  'cache.folder',
  'cache.sizeGB',
  'cache.redis',
  'cache.store',
  'access.s3File',
  'access.azureFile',
];
const GROUPS = [...new Set(KEYS.filter((it) => it.includes('.')).map((it) => it.split('.')[0] ?? ''))];

export interface UnknownKey extends LintFinding {
  readonly path: string;
}

/** Of a file that is not there, or is no JSON object, nothing: whoever reads it says so. */
export async function unknownKeys(path: string): Promise<readonly UnknownKey[]> {
  const text = await readFile(path, 'utf8').catch(() => '{}');
  return keysOf(parsed(text))
    .filter((key) => !KEYS.includes(key))
    .map((key) => {
      const near = didYouMean(key, [...KEYS, ...GROUPS]);
      const line = lineOf(text, `/${key.replaceAll('~', '~0').replace('.', '/')}`);
      const hint = near ? `did you mean ${near}?` : null;
      return { path, level: 'warning' as const, line, text: `nothing reads the setting ${key}`, hint };
    });
}

function parsed(text: string): object {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    // Told by readLocalConfig, with the path.
    return {};
  }
}

/** A group that holds what is no object is one key. */
function keysOf(settings: object): string[] {
  return Object.entries(settings).flatMap(([key, value]) =>
    GROUPS.includes(key) && typeof value === 'object' && value !== null
      ? Object.keys(value).map((inner) => `${key}.${inner}`)
      : [key],
  );
}
