import { expect, it } from 'vitest';
import { basisOf } from './basis.ts';
import type { Site } from './strategy.ts';

const basisWith = (parameters: Record<string, string>) =>
  basisOf({ job: { parameters }, ground: {}, rules: { name: 'make' } } as unknown as Site);

it('what a job says of its request, its requester and its way is no input of what it makes', async () => {
  const said = {
    projectName: 'Shop',
    requesterEmail: 'a@b.c',
    jobId: 'x',
    publishArtifacts: 'false',
    runTests: 'false',
  };

  expect(await basisWith({ ...said, 'metadata.ticket': 'SHOP-7', forceClean: 'true' })).toEqual(await basisWith({}));
  expect(await basisWith({ configuration: 'Debug' })).not.toEqual(await basisWith({}));
});
