import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, stateAfter } from '../../spec/outcome.ts';
import { world } from '../../spec/world.ts';
import { placeArtifacts } from './place-artifacts.ts';

const store = { name: 's3 builds', prefix: 'b1/1' };
const wish = { job: 'b1', token: 1, agentId: 'mac', store };
const { state } = world().manifest('b1');

describe('place-artifacts', () => {
  it('says where the bytes are, once, and nothing else', () => {
    const after = stateAfter(state, placeArtifacts(state, wish));

    expect(after.manifests.get('b1')).toEqual({ ...state.manifests.get('b1'), store });
    expect(placeArtifacts(after, wish)).toMatchObject(nothingToCommit);
  });

  it('leaves it to who made them, under the token they were made with', () => {
    expect(placeArtifacts(state, { ...wish, job: 'b2' })).toMatchObject(refusal('NOT_FOUND'));
    expect(placeArtifacts(state, { ...wish, token: 2 })).toMatchObject(refusal('STALE_TOKEN'));
    expect(placeArtifacts(state, { ...wish, agentId: 'pc' })).toMatchObject(refusal('CONFLICT'));
  });

  it('takes no name of a store that a file of the yard cannot hold', () => {
    const long = { ...store, name: 'x'.repeat(301) };

    expect(placeArtifacts(state, { ...wish, store: long })).toMatchObject(refusal('INVALID_DATA'));
  });
});
