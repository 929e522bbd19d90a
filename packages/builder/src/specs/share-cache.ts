/** One of several processes that use one folder of a cache at once; a spec starts them. Tells what it got on stdout. */
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FolderCache } from '../cache/folder-cache.ts';
import { tieredCache } from '../cache/tiered-cache.ts';

const [, , folder = '', number = ''] = process.argv;
// Room for about half of what they keep.
const near = new FolderCache(folder, { budgetBytes: 400_000 });
const cache = tieredCache({ near, far: [], onTrouble: () => undefined });
const work = mkdtempSync(join(tmpdir(), 'gityard-share-'));
const textOf = (at: number) => `${at % 20} `.repeat(20_000);
const got = { restored: 0, missed: 0, wrong: 0 };

for (let round = 0; round < 60; round++) {
  const at = round + Number(number) * 7;
  const text = textOf(at);
  writeFileSync(join(work, 'out'), text);
  const sha256 = createHash('sha256').update(text).digest('hex');
  const files = [{ path: 'out', sizeBytes: text.length, sha256, executable: false }];
  const entry = { project: 'p', inputs: {}, files, tests: null, seconds: 1, createdAt: new Date().toISOString() };
  await cache.keep({
    scope: 'r',
    key: `k${at % 20}`,
    entry: { ...entry, by: { agent: number, branch: null, commit: null } },
    folder: work,
  });
  // Every other time what it kept itself just before: some of that is there, however they take turns.
  const wanted = round % 2 === 0 ? at + 3 : at - 1;
  const found = await cache.find('r', `k${wanted % 20}`);
  const isThere = found !== null && (await cache.restore(found, work));
  if (!isThere) got.missed++;
  else if (readFileSync(join(work, 'out'), 'utf8') === textOf(wanted)) got.restored++;
  else got.wrong++;
}
rmSync(work, { recursive: true });
process.stdout.write(JSON.stringify(got));
