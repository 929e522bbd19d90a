/** The example as it stands in packages/examples, against a yard behind HTTP. Only Maven, which would fetch plugins, has a stand-in. */

import { execFile } from 'node:child_process';
import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { startGitServer } from '@gityard/gitserver';
import { temporaryFolder } from '@gityard/testing';
import { createYard } from '@gityard/yard';
import { expect, it } from 'vitest';
import { PROGRAM } from '../../program.fixture.ts';

const run = promisify(execFile);
const EXAMPLE = fileURLToPath(new URL('../../../../examples/distributed-build/', import.meta.url));

/** A folder of programs: gityard as it was built, and a Maven that fetches nothing. */
async function programs(folder: string): Promise<string> {
  const bin = join(folder, 'bin');
  await mkdir(bin, { recursive: true });
  const scripts = {
    gityard: `exec '${process.execPath}' '${PROGRAM}' "$@"`,
    mvn: '[ "$*" = "clean install" ] && [ -f pom.xml ] && echo "maven built"',
  };
  for (const [name, text] of Object.entries(scripts)) {
    await writeFile(join(bin, name), `#!/bin/sh\n${text}\n`);
    await chmod(join(bin, name), 0o755);
  }
  return `${bin}:${process.env.PATH}`;
}

it('says in one line that a file is none of a task', async () => {
  const { path: folder, remove } = await temporaryFolder();
  try {
    await writeFile(join(folder, 'task.json'), '{"Task": ');
    const ended = run('sh', [join(EXAMPLE, 'build-task.sh'), join(folder, 'task.json')]);

    await expect(ended).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/^build-task: .*no file of a task.*\n$/),
    });
  } finally {
    await remove();
  }
});

it('builds three projects on three workers, tells of it, and leaves nothing behind', async () => {
  const { path: folder, remove } = await temporaryFolder();
  const server = await startGitServer({ root: join(folder, 'git') });
  try {
    await server.createRepository('yard');
    const address = server.urlOf('yard');
    const settings = {
      name: 'ours',
      language: 'de',
      heartbeat: { intervalSeconds: 5 },
      poll: { seconds: 0.5 },
    } as const;
    await createYard({ address, actor: 'spec', config: settings });
    const temporary = join(folder, 'tmp');
    await mkdir(temporary);
    const env = {
      PATH: await programs(folder),
      HOME: process.env.HOME ?? folder,
      GITYARD_YARD: address,
      NOTIFY_LANGUAGE: 'de',
      TMPDIR: temporary,
      NO_COLOR: '1',
      PATIENCE: '180',
    };

    const { stdout } = await run('sh', [join(EXAMPLE, 'run.sh'), join(folder, 'work')], { env, maxBuffer: 1 << 24 });

    expect(stdout).toMatch(/succeeded +5 +build,dotnet +buildworker1/);
    expect(stdout).toMatch(/succeeded +5 +build,npm +buildworker2/);
    expect(stdout).toMatch(/succeeded +5 +build,maven +buildworker3/);
    expect(stdout).toMatch(/Gesamt: 3\nErfolgreich: 3\nFehlgeschlagen: 0\nDurchschnittliche Buildzeit: [\d.]+ Minuten/);
    expect(
      stdout.match(/🔨 \[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] Build \S+ wurde von buildworker[123] übernommen/g),
    ).toHaveLength(3);
    expect(stdout.match(/✅ \[.{19}\] Build \S+ erfolgreich von buildworker[123] abgeschlossen/g)).toHaveLength(3);
    expect(stdout).toContain('every rule holds');
    // The settings of a yard that was there are its owners'.
    await run('git', ['clone', '--quiet', '--branch', 'yard', address, join(folder, 'after')]);
    expect(JSON.parse(await readFile(join(folder, 'after', 'yard.json'), 'utf8'))).toMatchObject(settings);
    expect(JSON.parse(await readFile(join(folder, 'work', 'metrics.json'), 'utf8'))).toMatchObject({ TotalBuilds: 3 });
    const workspaces = ['buildworker1', 'buildworker2', 'buildworker3'].map((id) =>
      readdir(join(folder, 'work', 'home', 'receivers', id, 'build', 'workspaces')),
    );
    expect((await Promise.all(workspaces)).flat()).toEqual([]);
    expect((await readdir(temporary)).filter((name) => name.startsWith('build-'))).toEqual([]);
  } finally {
    await server.close();
    await remove();
  }
});
