import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { git } from '../git.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary.ts';
import { appendCommits, REF, seed } from './seed.ts';
import { isClean, verify } from './verify.ts';

const FIRST = 'op-one-000001';
const SECOND = 'op-one-000002';
const THIRD = 'op-two-000001';

describe('verify', () => {
  let folder: TemporaryFolder;
  let repository: string;
  let base: string;

  beforeEach(async () => {
    folder = await temporaryFolder();
    repository = join(folder.path, 'yard.git');
    await git(['init', '--quiet', '--bare', repository], { cwd: folder.path });
    base = await seed(repository);
    await appendCommits(repository, [FIRST, SECOND, THIRD]);
  });

  afterEach(() => folder.remove());

  it('is content when everything that was said to have landed is there once', async () => {
    const claims = { landed: [FIRST, SECOND, THIRD], open: [] };

    expect(isClean(await verify(repository, { base, claims }))).toBe(true);
  });

  it('sees that a commit was dropped', async () => {
    await git(['update-ref', REF, `${REF}~1`], { cwd: repository });

    const verdict = await verify(repository, { base, claims: { landed: [FIRST, SECOND, THIRD], open: [] } });

    expect(verdict).toEqual({ lost: [THIRD], doubled: [], unexpected: [] });
    expect(isClean(verdict)).toBe(false);
  });

  it('sees that an operation has a commit but no file', async () => {
    await git(['update-ref', REF, await emptied(repository)], { cwd: repository });

    const verdict = await verify(repository, { base, claims: { landed: [FIRST, SECOND, THIRD], open: [] } });

    expect(verdict.lost).toEqual([FIRST, SECOND, THIRD]);
  });

  it('sees that an operation landed twice', async () => {
    await appendCommits(repository, [SECOND]);

    const verdict = await verify(repository, { base, claims: { landed: [FIRST, SECOND, THIRD], open: [] } });

    expect(verdict).toEqual({ lost: [], doubled: [SECOND], unexpected: [] });
  });

  it('sees what nobody sent or was told of, but lets open ones be there or not', async () => {
    const claims = { landed: [FIRST], open: [SECOND, 'op-two-000002'] };

    const verdict = await verify(repository, { base, claims });

    expect(verdict).toEqual({ lost: [], doubled: [], unexpected: [THIRD] });
  });
});

/** A commit on top that holds nothing at all. */
async function emptied(repository: string): Promise<string> {
  const tree = (await git(['mktree'], { cwd: repository, input: '' })).trim();
  return (await git(['commit-tree', tree, '-p', REF, '-m', 'empty'], { cwd: repository })).trim();
}
