import { afterEach, beforeEach, expect, it } from 'vitest';

import { git, temporaryFolder } from '../git.fixture.ts';
import { askGit } from './ask-git.ts';

const before = process.cwd();
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
  await git(['init', '--quiet', folder.path], { cwd: folder.path });
  await git(['config', 'core.sshCommand', 'evil'], { cwd: folder.path });
  process.chdir(folder.path);
});
afterEach(async () => {
  process.chdir(before);
  await folder.remove();
});

it.each([{}, { GIT_DIR: '.git' }, { GIT_WORK_TREE: '.' }])(
  'heeds no setting of the repository that one stands in (%o)',
  async (more) => {
    const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', ...more };

    expect(await git(['config', '--get', 'core.sshCommand'], { cwd: folder.path })).toBe('evil');
    expect(await askGit(['config', '--get', 'core.sshCommand'], { env })).toBeUndefined();
  },
);

it('takes a git that is missing for one that knows nothing', async () => {
  expect(await askGit(['config', '--list'], { env: { PATH: folder.path } })).toBeUndefined();
});
