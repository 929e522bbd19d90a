import { describe, expect, it } from 'vitest';
import { cacheSettings, storageSettings } from './storage-settings.ts';

const file = {
  artifacts: { store: '/srv/a' },
  cache: { redis: 'redis://a', sizeGB: 2 },
  access: { s3File: '/etc/key' },
};

describe('storage-settings', () => {
  it('come from the file of the agent, and the environment wins', () => {
    const env = { GITYARD_CACHE_REDIS: 'redis://b', GITYARD_ARTIFACTS_STORE: 's3://builds', GITYARD_CACHE_GB: '3' };

    expect(storageSettings({}, file)).toMatchObject({ artifacts: '/srv/a', cache: { redis: 'redis://a', sizeGB: 2 } });
    const both = storageSettings(env, { ...file, cache: { ...file.cache, store: 's3://cache' } });
    expect(both).toMatchObject({ artifacts: 's3://builds', cache: { redis: 'redis://b', sizeGB: 3 } });
    expect(cacheSettings(both)).toMatchObject({
      budgetBytes: 3e9,
      store: { address: 's3://cache', access: { s3File: '/etc/key' } },
    });
    expect(cacheSettings(storageSettings({}, undefined))).toEqual({});
  });

  it.each([{ artifacts: 's3://x' }, { cache: { redis: 1 } }, { cache: { sizeGB: 'much' } }, { access: [] }])(
    'refuses %j, in words',
    (wrong) => {
      expect(() => storageSettings({}, wrong)).toThrow(/^"\w+(\.\w+)?" is no /);
    },
  );
});
