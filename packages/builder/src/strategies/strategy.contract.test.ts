/** What holds for every strategy, and how one is chosen. */
import { STRATEGIES } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import type { CacheAccess } from '../cache/build-cache.ts';
import { openCache } from '../cache/open-cache.ts';
import { PARTS } from '../specs/parts.ts';
import { ownArtifacts, strategyWorld } from '../specs/strategy-world.ts';
import { request, temporaryFolder } from '../specs/world.ts';
import { strategies, strategyOf } from './list.ts';

async function access(): Promise<CacheAccess> {
  const cache = await openCache({}, { buildFolder: temporaryFolder(), env: {}, onTrouble: () => undefined });
  return { cache, scope: 'a'.repeat(64), mayWrite: true };
}

describe.each(strategies)('$name', ({ name: strategy }) => {
  const parameters = { createPackages: 'true' };

  it('brings about the same whatever was built before, and says over what it went', async () => {
    const { origin, build } = strategyWorld({ cache: await access() });
    const job = { strategy, parameters };

    const first = await build(job);
    const again = await build(job);
    origin.commit({ 'core/source.txt': 'new\n', 'text/source.txt': 'other\n' });
    const changed = await build(job);
    const fresh = await strategyWorld({}, { ...PARTS, 'core/source.txt': 'new\n', 'text/source.txt': 'other\n' }).build(
      {
        parameters,
      },
    );

    for (const { status, built, log } of [first, again, changed]) {
      expect(status).toBe('succeeded');
      expect(log).toContain(`[gityard] ${strategy}: ${built}`);
    }
    const digests = ({ outcome }: typeof first) => ownArtifacts(outcome).map(({ path, sha256 }) => [path, sha256]);
    expect(digests(again)).toEqual(digests(first));
    expect(digests(changed)).toEqual(digests(fresh));
  });

  it('fails with the tests that fail, and is well again when they are', async () => {
    const { origin, build } = strategyWorld({ cache: await access() });
    await build({ strategy });
    origin.commit({ 'core/source.txt': 'bad\n' });

    const failed = await build({ strategy });
    origin.commit({ 'core/source.txt': 'core\n' });
    const mended = await build({ strategy });

    expect(failed).toMatchObject({ status: 'failed', reason: expect.stringContaining('tests failed') });
    expect(mended).toMatchObject({ status: 'succeeded', reason: null });
  });

  it('builds a repository without projects as one whole', async () => {
    const { build } = strategyWorld({ cache: await access() }, { 'gityard.yml': 'stages: { build: [mkdir, once] }\n' });

    for (let time = 0; time < 2; time++)
      expect(await build({ strategy })).toMatchObject({
        status: 'succeeded',
        built: expect.stringMatching(/^all of it built/),
      });
  });
});

describe('a strategy is chosen', () => {
  const cache = {} as CacheAccess;
  const chosen = (job: Parameters<typeof request>[0] = {}, has: { cache?: CacheAccess } = {}) =>
    strategyOf({ ...request(job), ...has }).rules.name;

  it('for all that a job may name, as it names it where that is possible', () => {
    const told = STRATEGIES.map((strategy) => [
      strategy,
      chosen({ job: { strategy } }, { cache }),
      chosen({ job: { strategy } }),
    ]);

    expect(told).toEqual([
      ['Incremental', 'Incremental', 'Incremental'],
      ['Clean', 'Clean', 'Clean'],
      ['Cached', 'Cached', 'Incremental'],
      ['Distributed', 'Cached', 'Incremental'],
      ['Canary', 'Clean', 'Clean'],
    ]);
  });

  it('by what it is a part of, and by a parameter before all', () => {
    const part = (kind: 'part' | 'canary' | 'follower') => ({ job: { part: { kind, wave: 0, projects: [] } } });

    expect(chosen(part('part'))).toBe('Cached');
    expect([chosen(part('canary')), chosen(part('follower'))]).toEqual(['Clean', 'Clean']);
    expect(chosen({ job: { strategy: 'Cached', parameters: { forceClean: 'true' } } }, { cache })).toBe('Clean');
  });
});
