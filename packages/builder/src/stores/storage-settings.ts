/**
 * What the owner of an agent sets about caches and stores, in one value: read from the environment and the agent's own file,
 * never from a yard. A password may be in the address of Redis alone, and is never shown.
 */
import type { CacheSettings } from '../cache/open-cache.ts';
import type { AccessSettings } from './access.ts';

export interface StorageSettings {
  /** Where artifacts go beside the agent's own disk. */
  readonly artifacts?: string | undefined;
  readonly cache?: {
    readonly folder?: string | undefined;
    readonly sizeGB?: number | undefined;
    readonly redis?: string | undefined;
    readonly store?: string | undefined;
  };
  readonly access?: AccessSettings | undefined;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** The environment wins over the file. Throws in words what is wrong with the file. */
export function storageSettings(env: Environment, file: unknown): StorageSettings {
  const { artifacts, cache, access } = partsOf<'artifacts' | 'cache' | 'access'>('', file);
  const inArtifacts = partsOf<'store'>('artifacts.', artifacts);
  const inCache = partsOf<'folder' | 'sizeGB' | 'redis' | 'store'>('cache.', cache);
  const inAccess = partsOf<'s3File' | 'azureFile'>('access.', access);
  const size = env.GITYARD_CACHE_GB ?? inCache.sizeGB;
  return {
    artifacts: text('artifacts.store', env.GITYARD_ARTIFACTS_STORE ?? inArtifacts.store),
    cache: {
      folder: text('cache.folder', env.GITYARD_CACHE_FOLDER ?? inCache.folder),
      redis: text('cache.redis', env.GITYARD_CACHE_REDIS ?? inCache.redis),
      store: text('cache.store', env.GITYARD_CACHE_STORE ?? inCache.store),
      sizeGB: size === undefined || size === '' ? undefined : gigabytes(size),
    },
    access: {
      s3File: text('access.s3File', inAccess.s3File),
      azureFile: text('access.azureFile', inAccess.azureFile),
    },
  };
}

export function cacheSettings({ cache = {}, access }: StorageSettings): CacheSettings {
  const { folder, redis, store, sizeGB } = cache;
  return {
    folder,
    redis,
    store: store === undefined ? undefined : { address: store, access },
    budgetBytes: sizeGB === undefined ? undefined : sizeGB * 1e9,
  };
}

function partsOf<K extends string>(place: string, value: unknown): Partial<Record<K, unknown>> {
  if (value === undefined) return {};
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Partial<Record<K, unknown>>;
  throw new Error(`"${place.replace(/\.$/, '')}" is no object`);
}

function text(name: string, value: unknown): string | undefined {
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'string' && !value.includes('\0')) return value;
  throw new Error(`"${name}" is no text`);
}

function gigabytes(value: unknown): number {
  const size = Number(value);
  if (Number.isFinite(size) && size > 0) return size;
  throw new Error('"cache.sizeGB" is no number of gigabytes');
}
