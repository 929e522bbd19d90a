import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createYard } from '../create-yard.ts';
import { openYard } from '../open-yard.ts';
import type { Yard } from '../yard.ts';
import { whoCommitted } from './who-committed.ts';

let folder: string;
let yard: Yard;
let cwd: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gityard-who-'));
  await git(['init', '-q', '--bare', 'yard.git'], { cwd: folder });
  await createYard({ address: join(folder, 'yard.git'), actor: 'founder' });
  yard = openYard({ address: join(folder, 'yard.git'), actor: 'mac' });
  await git(['clone', '-q', '-b', 'yard', 'yard.git', 'clone'], { cwd: folder });
  cwd = join(folder, 'clone');
});
afterEach(async () => {
  await yard.close();
  await rm(folder, { recursive: true, maxRetries: 5 });
});

const HOST = 'noreply';
const as = (name: string, committer = name) => ({
  cwd,
  env: {
    ...{ GIT_AUTHOR_NAME: name, GIT_AUTHOR_EMAIL: `${name}@example.org` },
    ...{
      GIT_COMMITTER_NAME: committer,
      GIT_COMMITTER_EMAIL: `${committer}@${committer === HOST ? 'github.com' : 'example.org'}`,
    },
  },
});
async function commit(name: string, path: string, text: string, committer = name): Promise<void> {
  await writeFile(join(cwd, path), text);
  await git(['add', '--all'], { cwd });
  await git(['commit', '-qm', `${path} of ${name}`], as(name, committer));
}

it('tells who committed a file, and of one that was merged in who merged it', async () => {
  await commit('ann', 'queue/own.json', '{"command": ["make"]}');
  await git(['checkout', '-q', '-b', 'wish'], { cwd });
  await commit('eve', 'queue/merged.json', '{"op": "approve", "target": "b1"}');
  await git(['checkout', '-q', 'yard'], { cwd });
  await commit(
    'ann',
    'yard.json',
    '{"name": "acme", "people": {"robert": {"roles": [], "names": ["bob@example.org"]}}}',
  );
  await git(['merge', '-q', '--no-ff', '-m', 'Merge the wish of eve', 'wish'], as('bob'));
  await git(['push', '-q', 'origin', 'yard'], { cwd });
  await yard.refresh();

  expect(await whoCommitted(yard, 'queue/own.json')).toBe('ann@example.org');
  expect(await whoCommitted(yard, 'queue/merged.json')).toBe('robert');
  expect(await whoCommitted(yard, 'queue/none.json')).toBe(null);
});

it('believes who brought a file before whom it names as its author, but where that is the host', async () => {
  await commit('bob', 'queue/rebased.json', '{"op": "approve", "target": "b1"}', 'eve');
  await commit('bob', 'queue/squashed.json', '{"op": "approve", "target": "b2"}', HOST);
  await git(['push', '-q', 'origin', 'yard'], { cwd });
  await yard.refresh();

  expect(await whoCommitted(yard, 'queue/rebased.json')).toBe('eve@example.org');
  expect(await whoCommitted(yard, 'queue/squashed.json')).toBe('bob@example.org');
});
