/** The transport contract against the embedded Git server, with Git's own client as the second writer. */
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { startGitServer } from '@gityard/gitserver';
import { openTransport } from '@gityard/store';
import { type TransportWorld, transportContract } from '@gityard/store/contract';
import { startFaultProxy } from './fault-proxy.ts';
import { git } from './git.ts';
import { temporaryFolder } from './temporary.ts';

transportContract('the embedded server', makeWorld);

async function makeWorld(): Promise<TransportWorld> {
  const folder = await temporaryFolder();
  const server = await startGitServer({ root: join(folder.path, 'served') });
  const repository = await server.createRepository('yard');
  const proxy = await startFaultProxy({ target: server.url });
  return {
    connect: () => openTransport(proxy.urlOf('yard')),
    pushByHand: (ref, file, text) => pushByHand(folder.path, { url: server.urlOf('yard'), ref, file, text }),
    decline: (text) => declineAll(repository, text),
    loseNextReply: async () =>
      void proxy.addRule({ when: ({ kind }) => kind === 'push', mode: 'lose-reply', times: 1 }),
    close: async () => {
      await proxy.close();
      await server.close();
      await folder.remove();
    },
  };
}

interface ByHand {
  readonly url: string;
  readonly ref: string;
  readonly file: string;
  readonly text: string;
}

async function pushByHand(folder: string, { url, ref, file, text }: ByHand): Promise<string> {
  const clone = join(folder, 'by-hand');
  await git(['init', '--quiet', clone], { cwd: folder });
  const isThere = await git(['ls-remote', url, ref], { cwd: clone });
  if (isThere !== '') await git(['pull', '--quiet', '--depth=1', url, ref], { cwd: clone });
  await mkdir(dirname(join(clone, file)), { recursive: true });
  await writeFile(join(clone, file), text);
  await git(['add', '.'], { cwd: clone });
  await git(['commit', '--quiet', '-m', `Write ${file}`], { cwd: clone });
  await git(['push', '--quiet', url, `HEAD:${ref}`], { cwd: clone });
  return (await git(['rev-parse', 'HEAD'], { cwd: clone })).trim();
}

async function declineAll(repository: string, text: string): Promise<void> {
  const hook = join(repository, 'hooks', 'pre-receive');
  await mkdir(dirname(hook), { recursive: true });
  await writeFile(hook, `#!/bin/sh\necho '${text}' >&2\nexit 1\n`);
  await chmod(hook, 0o755);
}
