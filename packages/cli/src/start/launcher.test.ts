/** With programs of one line: which one runs, and when, is the launcher's affair alone. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  NO_PROGRAMS,
  type Program,
  type Programs,
  programFolder,
  readPrograms,
  writePrograms,
} from '@gityard/agent/programs';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { programVersion } from '../version.ts';
import { launch } from './launcher.ts';

let folder: TemporaryFolder;
let current: Program;
let former: Program;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

async function programOf(version: string, main: string): Promise<Program> {
  const entry = `${version}-aaaaaaaa/package/main.js`;
  await mkdir(join(programFolder(folder.path), entry, '..'), { recursive: true });
  await writeFile(join(programFolder(folder.path), entry), main);
  return { version, integrity: '', entry };
}

/** As after a trial that went well, over another program. */
async function changedTo(main: string): Promise<void> {
  const installed = await programVersion();
  current = await programOf('9.9.2', main);
  former = await programOf('9.9.1', 'process.exitCode = 5;');
  const before = { program: former, chosenOver: installed, job: 'j1', deaths: 0 };
  await writePrograms(folder.path, { ...NO_PROGRAMS, current, chosenOver: installed, before });
}

const start = () => launch(folder.path, []);
const noted = async () => (await readPrograms(folder.path)) as Programs;

describe('a program that has proven itself', () => {
  it('and dies at each of its next starts is taken back for the former one at the third, which goes on at once', async () => {
    await changedTo('process.kill(process.pid, "SIGKILL");');

    expect([await start(), await start()]).toEqual([137, 137]);
    expect(await noted()).toMatchObject({ current, before: { deaths: 2 } });

    expect(await start()).toBe(5);
    expect(await noted()).toMatchObject({
      current: former,
      before: null,
      returned: { text: expect.stringMatching(/9\.9\.2.*job j1.*died 3 times.*9\.9\.1 runs again.*SIGKILL/) },
    });
  });

  it('is not blamed for a yard that is away', async () => {
    await changedTo('process.exitCode = 5;');
    for (const code of [await start(), await start(), await start()]) expect(code).toBe(5);

    expect(await noted()).toMatchObject({ current, before: { deaths: 0 }, returned: null });
  });
});
