import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { DiskTale } from './disk-trouble-program.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary.ts';

const run = promisify(execFile);
const PROGRAM = fileURLToPath(new URL('../dist/disk-trouble-program.js', import.meta.url));
// Root inside, whoever we are outside; or just root, where users may have no namespaces.
const WAYS = [['--user', '--map-root-user', '--mount'], ['--mount']];
const works = (way: string[]) =>
  run('unshare', [...way, 'true']).then(
    () => true,
    () => false,
  );
const [canBeUser, canBeRoot] = await Promise.all(WAYS.map(works));
const namespace = (canBeUser || !canBeRoot ? WAYS[0] : WAYS[1]) ?? [];
const isMissing = !canBeUser && !canBeRoot && !process.env.CI;

// A full disk can only be had where the system lets us mount one. What Git says on one is also told, word by word, by
// the store's own specs, which run everywhere.
describe.skipIf(isMissing)('a repository on a small disk (needs unshare and user namespaces)', () => {
  let folder: TemporaryFolder;
  let tales: readonly DiskTale[];
  beforeAll(async () => {
    folder = await temporaryFolder();
    const { stdout } = await run('unshare', [...namespace, process.execPath, PROGRAM, folder.path]);
    tales = JSON.parse(stdout);
  });
  afterAll(() => folder.remove());

  describe.each([
    ['a path', 0],
    ['file://', 1],
    ['the embedded server', 2],
  ])('over %s', (_, index) => {
    const tale = () => tales[index] as DiskTale;
    const error = (code: string) => ({
      code,
      message: expect.stringContaining(tale().address.replace('file://', '')),
      hint: expect.stringContaining('the repository'),
      mayHaveLanded: false,
    });

    it('can be read when it is full, and says so to who writes', () => {
      expect(tale().whenFull).toEqual({ canRead: true, conflicts: 0, error: error('DISK_FULL') });
    });

    it('can be read when it is read-only, and says so to who writes', () => {
      expect(tale().whenReadOnly).toEqual({ canRead: true, conflicts: 0, error: error('READ_ONLY') });
    });

    it('works when it is well again', () => {
      expect(tale().whenHealed).toEqual({ canRead: true, conflicts: 0 });
    });
  });
});
