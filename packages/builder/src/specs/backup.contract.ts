/** What every place for large files must be for the backups of a yard: by the built program, as a timer would start it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './world.ts';

/** One process for all commands. */
const PROGRAM_LIFE = fileURLToPath(new URL('../../../cli/src/program-life.fixture.mjs', import.meta.url));

interface Place {
  readonly address: string;
  /** With the keys. */
  readonly env: Readonly<Record<string, string>>;
}

interface Told {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export function backupContract(name: string, place: () => Place): void {
  describe(`${name} as a place for backups`, () => {
    it('gives a yard back as it was, in two parts, and keeps what is to stay; a wrong key is told of', async () => {
      const { address, env } = place();
      const folder = temporaryFolder();
      const life = fork(PROGRAM_LIFE, { stdio: ['ignore', 'ignore', 'inherit', 'ipc'], execArgv: [] });
      const [yard, into] = [join(folder, 'yard.git'), join(folder, 'again.git')];
      const run = async (words: readonly string[], more: Readonly<Record<string, string>> = {}): Promise<Told> => {
        const variables = { PATH: process.env.PATH, HOME: folder, GITYARD_YARD: yard, GITYARD_AGENT: 'tester' };
        life.send({ words: ['--json', ...words], cwd: folder, env: { ...variables, ...env, ...more } });
        return (await once(life, 'message'))[0];
      };
      const json = async (...words: string[]) => {
        const { code, stdout, stderr } = await run(words);
        if (code !== 0) throw new Error(stderr);
        return JSON.parse(stdout);
      };
      try {
        await json('init', yard, '--name', 'acme');
        const full = await json('backup', '--to', address);
        await json('job', 'add', '--', 'make');
        const more = await json('backup', '--to', address, '--verify', '--keep', '1');
        const jobs = await json('job', 'list');

        const done = await json('restore', 'latest', '--from', address, '--into', into);

        expect([full.parent, more.parent, more.removed]).toEqual([null, full.id, []]);
        expect(done).toMatchObject({ backup: more.id, replaced: [] });
        expect((await json('job', 'list', '--yard', into))[0].id).toBe(jobs[0].id);
        expect(await json('audit', '--yard', into)).toMatchObject({ ok: true });
        const last = await json('backup', '--to', address, '--keep', '1', '--full');
        expect((await json('backup', 'list', '--from', address)).map((it: { id: string }) => it.id)).toEqual([last.id]);
        const wrong = Object.fromEntries(Object.keys(env).map((it) => [it, Buffer.from('wrong').toString('base64')]));
        expect(await run(['backup', 'list', '--from', address], wrong)).toMatchObject({ code: 6 });
      } finally {
        life.disconnect();
        await once(life, 'exit');
      }
    });
  });
}
