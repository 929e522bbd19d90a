import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../specs/world.ts';
import { sweepFolder } from './sweep-folder.ts';

it('makes room by bytes first, and by entries where these alone are too many, the oldest first', async () => {
  const root = temporaryFolder();
  const now = Date.now();
  const files = ['blobs/aa/new', 'entry/s/older', 'entry/s/newer', 'latest/s/one', 'scopes/s'];
  for (const [index, path] of files.entries()) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), 'x'.repeat(1_000));
    const at = new Date(path.endsWith('new') ? now : now - 60_000 + index);
    utimesSync(join(root, path), at, at);
  }

  const swept = await sweepFolder(root, { budgetBytes: 3_500, now });

  expect(swept).toEqual({ keptBytes: 3_000, removed: 2, removedBytes: 2_000 });
  expect(readdirSync(join(root, 'blobs/aa'))).toEqual([]);
  expect(readdirSync(join(root, 'entry/s'))).toEqual(['newer']);
});
