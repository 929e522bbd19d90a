/**
 * Where this agent remembers what was built and puts what builds made, beside its own disk: opened when first used, by the
 * settings of its owner. Knows no builds.
 */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { hostname } from 'node:os';
import { join } from 'node:path';
import type {
  BuildCache,
  CacheAccess,
  ObjectStore,
  StorageSettings,
  StoreSettings,
  TieredCache,
} from '@gityard/builder';
import { buildFolder } from './home/build-folder.ts';

export interface StorageOpening {
  readonly home: string;
  readonly settings: StorageSettings;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** In the place of the one that the settings mean. */
  readonly given?: Pick<CacheAccess, 'cache' | 'shared'> | undefined;
  onTrouble(text: string): void;
}

export class Storage {
  private readonly opening: StorageOpening;
  private opened: Promise<TieredCache> | undefined;

  constructor(opening: StorageOpening) {
    this.opening = opening;
  }

  async cache(): Promise<BuildCache> {
    if (this.opening.given) return this.opening.given.cache;
    this.opened ??= this.openCache();
    return this.opened;
  }

  /**
   * By which name agents know that they look into the same cache: one that takes outputs of any size, so Redis alone is none.
   * A folder is shared where the owner named one, by agents of this machine.
   */
  get shared(): string | undefined {
    const { given, settings } = this.opening;
    if (given) return given.shared;
    const { store, folder } = settings.cache ?? {};
    const place = store ?? (folder === undefined ? undefined : `${hostname()} ${folder}`);
    return place === undefined ? undefined : createHash('sha256').update(place).digest('hex').slice(0, 16);
  }

  /** Otherwise artifacts stay with the agent. */
  get hasArtifactStore(): boolean {
    return this.opening.settings.artifacts !== undefined;
  }

  /** Throws what is wrong with the settings. */
  async artifacts(): Promise<ObjectStore> {
    const { settings, env } = this.opening;
    assert(settings.artifacts !== undefined, 'whoever has no store of artifacts does not open it');
    const { openStore } = await import('@gityard/builder');
    return openStore({ address: settings.artifacts, access: settings.access }, env);
  }

  /** The far cache, where it is a store. */
  get cacheStore(): StoreSettings | undefined {
    const { cache, access } = this.opening.settings;
    return cache?.store === undefined ? undefined : { address: cache.store, access };
  }

  /** For what is on its way to a store. */
  get temporary(): string {
    return join(buildFolder(this.opening.home), 'uploads');
  }

  async close(): Promise<void> {
    await (await this.opened)?.close();
  }

  private async openCache(): Promise<TieredCache> {
    const { cacheSettings, openCache } = await import('@gityard/builder');
    const { settings, env, home, onTrouble } = this.opening;
    return openCache(cacheSettings(settings), { buildFolder: buildFolder(home), env, onTrouble });
  }
}
