import { describe, expect, it } from 'vitest';
import { nothingToCommit, refusal, resultOf } from '../../spec/outcome.ts';
import { noon, world } from '../../spec/world.ts';
import { configureYard } from './configure-yard.ts';

const configure = (config: object) => configureYard(world().state, { config, reason: null, now: noon });

describe('configure-yard', () => {
  it('changes what was asked and fills in the rest', () => {
    expect(resultOf(configure({ name: 'acme', lease: {} }))).toMatchObject({
      name: 'acme',
      lease: { seconds: 600 },
      poll: { seconds: 10 },
    });
  });

  it('refuses what breaks the schema, and says where', () => {
    expect(configure({ lease: { seconds: 1 } })).toMatchObject({
      ...refusal('INVALID_DATA'),
      reason: expect.stringContaining('lease.seconds must be at least 3'),
    });
  });

  it('commits nothing when it is so already', () => {
    expect(configure({ name: 'yard' })).toMatchObject(nothingToCommit);
  });
});
