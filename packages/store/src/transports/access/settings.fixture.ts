/** Servers that ask for something, and people's own settings, for specs of how a server is reached. */
import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { bareRepository, temporaryFolder } from '../../git.fixture.ts';
import { type Seen, startHttpBackend } from '../http-backend.fixture.ts';

export const LOGIN = 'ada:s3cret';
export const basic = (login: string): string => `Basic ${Buffer.from(login).toString('base64')}`;
export const asksFor =
  (login: string) =>
  ({ authorization }: Seen): number | undefined =>
    authorization === basic(login) ? undefined : 401;

/** Nothing of the machine that runs the specs: no home, no settings, no proxy. */
export async function bareEnvironment(home: string): Promise<NodeJS.ProcessEnv> {
  const config = join(home, 'gitconfig');
  await writeFile(config, '');
  return { PATH: process.env.PATH, HOME: home, GIT_CONFIG_GLOBAL: config, GIT_CONFIG_NOSYSTEM: '1' };
}

/** A Git server with one bare repository, for somebody without any settings. */
export async function loneBackend() {
  const { path: home, remove } = await temporaryFolder();
  await bareRepository(home);
  const backend = await startHttpBackend(home);
  const env = await bareEnvironment(home);
  const close = async () => {
    await backend.close();
    await remove();
  };
  return { home, backend, env, close };
}

/** A helper of Git that keeps one login in a file, and notes what it was told. */
export async function installHelper(
  home: string,
): Promise<{ keep(login: string): Promise<void>; told(): Promise<string[]> }> {
  const [helper, kept, notes] = [join(home, 'helper'), join(home, 'kept'), join(home, 'notes')];
  await writeFile(helper, `#!/bin/sh\necho "$1" >> ${notes}\n[ "$1" = get ] && cat ${kept}\nexit 0\n`);
  await chmod(helper, 0o755);
  await writeFile(notes, '');
  await writeFile(join(home, 'gitconfig'), `[credential]\n\thelper = ${helper}\n`);
  return {
    async keep(login) {
      const [user, password] = login.split(':');
      await writeFile(kept, `username=${user}\npassword=${password}\n`);
    },
    told: async () => (await readFile(notes, 'utf8')).split('\n').filter((it) => it !== ''),
  };
}

/** A host that takes one push for each time that it was asked what it can do. */
export function refusesUnannounced(): (request: Seen) => number | undefined {
  let announced = 0;
  return ({ path }) => {
    if (path.endsWith('service=git-receive-pack')) announced += 1;
    if (!path.endsWith('/git-receive-pack')) return undefined;
    if (announced === 0) return 400;
    announced -= 1;
    return undefined;
  };
}
