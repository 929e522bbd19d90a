import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf, stateAfter } from '../../spec/outcome.ts';
import { anArtifact } from '../../spec/samples.ts';
import { noon, world } from '../../spec/world.ts';
import { type PublishManifest, publishManifest } from './publish-manifest.ts';

const wish: PublishManifest = {
  manifest: {
    job: 'release-7',
    agent: 'mac',
    branch: 'main',
    commit: 'c0ffee',
    createdAt: noon,
    artifacts: [anArtifact('app.deb', '1')],
  },
  now: noon,
};
const withArtifacts = (...artifacts: PublishManifest['manifest']['artifacts']): PublishManifest => ({
  ...wish,
  manifest: { ...wish.manifest, artifacts },
});

describe('publish-manifest', () => {
  it('takes one for any name of a job, and under the token of a job that the yard has', () => {
    expect(resultOf(publishManifest(world().state, wish)).token).toBe(0);

    const { state } = world().job('release-7', { status: 'succeeded', token: 4 });
    expect(stateAfter(state, publishManifest(state, wish)).manifests.get('release-7')?.token).toBe(4);
  });

  it('commits the same one once, and refuses another for the same job', () => {
    const state = stateAfter(world().state, publishManifest(world().state, wish));

    expect(publishManifest(state, wish)).toMatchObject(nothingToCommit);
    expect(publishManifest(state, withArtifacts(anArtifact('app.deb', '2')))).toMatchObject(refusal('CONFLICT'));
  });

  it.each(['../a', '/etc/a', 'C:\\a', 'a//b', '..\\a'])('refuses the path %s, which leads out', (path) => {
    const decision = publishManifest(world().state, withArtifacts({ ...anArtifact('app.deb', '1'), path }));

    expect(decision).toMatchObject(refusal('INVALID_DATA'));
  });

  it('takes only a branch and a commit that can be used later', () => {
    for (const odd of [{ branch: 'a..b c' }, { commit: 'zz top' }]) {
      const decision = publishManifest(world().state, { ...wish, manifest: { ...wish.manifest, ...odd } });

      expect(decision).toMatchObject(refusal('INVALID_DATA'));
    }
  });

  it('leaves it to the holder of a job to say what it made', () => {
    const { state } = world().job('release-7', { status: 'running', agent: 'pc' });

    expect(publishManifest(state, wish)).toMatchObject(refusal('CONFLICT'));
  });

  it('refuses what is no manifest', () => {
    const { state } = world();

    expect(publishManifest(state, withArtifacts(anArtifact('a', 'x')))).toMatchObject(refusal('INVALID_DATA'));
    expect(publishManifest(state, withArtifacts(anArtifact('a', '1'), anArtifact('a', '2')))).toMatchObject(
      refusal('INVALID_DATA'),
    );
    expect(publishManifest(state, { ...wish, manifest: { ...wish.manifest, job: '../etc' } })).toMatchObject(
      refusal('INVALID_DATA'),
    );
  });
});
