/** The recipe of packages/examples (R65): log, build, finalize, record, manifest, tag, by the program as it was built. */
import { execFile } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { makeWorld, PROGRAM } from '../../program.fixture.ts';

const run = promisify(execFile);
const RECIPE = fileURLToPath(new URL('../../../../examples/integration-recipe/recipe.sh', import.meta.url));
const COMMIT = '4f5e6d7a'.repeat(5);

it('makes a build of a script known to the yard in every way', async () => {
  const world = await makeWorld();
  try {
    const bin = join(world.folder, 'bin');
    const results = join(world.folder, 'results');
    await mkdir(bin);
    await mkdir(results);
    await writeFile(join(bin, 'gityard'), `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`);
    await chmod(join(bin, 'gityard'), 0o755);
    const env = {
      PATH: `${bin}:${process.env.PATH}`,
      HOME: world.folder,
      GITYARD_YARD: world.yard,
      GITYARD_AGENT: 'build1',
    };
    const build = (job: string, command: readonly string[]) =>
      run('sh', [RECIPE, job, 'main', COMMIT, results, '--', ...command], { env, cwd: world.folder });

    await build('nightly', ['sh', '-c', 'echo built > results/app.txt']);
    await expect(build('broken', ['sh', '-c', 'exit 3'])).rejects.toMatchObject({ code: 3 });

    expect(await world.json(['rollback', 'list', 'main'])).toMatchObject([
      { tag: expect.stringMatching(/^build-success-main-\d{8}T\d{6}Z$/), job: 'nightly' },
    ]);
    expect(await world.ok('predict', 'stats')).toContain('2 builds');
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  } finally {
    await world.remove();
  }
});
