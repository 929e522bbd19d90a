/** What people mistype and what machines cannot do, through the real program: a code, the place, and a way out. */
import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeWorld, type World } from './program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await writeFile(join(world.folder, 'file'), 'x');
  await writeFile(join(world.folder, 'bytes'), Uint8Array.of(0xc3, 0x28));
  const big = await open(join(world.folder, 'big'), 'w');
  await big.truncate(100_000_000);
  await big.close();
});
afterAll(() => world.remove());

const job = (...words: string[]) => ['job', 'add', '--repo', '/srv/app', ...words];
const message = (...words: string[]) => ['message', 'send', '--to', 'all', ...words];

describe('wrong use', () => {
  it.each([
    ['a branch that Git does not allow', job('--branch', 'a..b'), 7, /--branch must be/],
    ['a commit that is none', job('--commit', 'zz'), 7, /--commit must be/],
    ['a repository of two lines', ['job', 'add', '--repo', 'https://h/a\nb'], 7, /--repo must be/],
    ['a repository with a password', ['job', 'add', '--repo', 'https://ann:pw@h/a'], 7, /--repo must be.*no password/],
    ['a repository with a token', ['job', 'add', '--repo', 'https://ghp_x@github.com/a/b'], 7, /over HTTP no user/],
    ['a repository with a query', ['job', 'add', '--repo', 'https://h/a?access_token=x'], 7, /no query/],
    ['a host without a user', ['job', 'add', '--repo', 'host:a/b'], 2, /neither a path nor a URL.*git@host:path/],
    ['a requirement that cannot be read', job('--requires', 'dotnet>='), 7, /--requires.* dotnet>=8/],
    ['a list of nothing', job('--labels', ',,'), 2, /--labels is empty/],
    ['a delay without end', job('--delay', '99999999999999d'), 2, /--delay .* too long; .*3650d/],
    ['an acknowledgement in a million years', message('--ack-by', '365000000d'), 2, /--ack-by .* too long/],
    ['an endless hold', ['lock', 'acquire', 'deploy', '--ttl', '9'.repeat(400)], 2, /--ttl .* too long/],
    ['more agents than one machine holds', ['up', '--agents', '9999'], 2, /--agents 9999.*100/],
    ['an empty --agent', ['status', '--agent', ''], 2, /--agent is empty/],
    ['an empty --yard', ['status', '--yard', ''], 2, /--yard is empty/],
    ['a scheme that nobody speaks', ['status', '--yard', 'ftp://x/y'], 5, /ftp:\/\/ is not supported.*https:\/\//],
    ['a break without a reason', ['lock', 'break', 'deploy'], 2, /--reason is missing/],
    ['no agents at all', ['up', '--agents', '0'], 2, /--agents 0/],
    ['a port that is none', ['up', '--port', '99999'], 2, /--port 99999.*65535/],
    ['a number in letters', ['agent', 'run', '--slots', 'abc'], 2, /--slots abc/],
    ['a yard below a file', ['init', 'file/yard.git'], 2, /file\/yard.git cannot be .* not a folder/],
    ['a home below a file', ['agent', 'run', '--once'], 2, /file\/home cannot be made/],
    ['two refs of one name', ['status', '--refs-live', 'yard'], 2, /three refs/],
    ['a ref that is none', ['up', '--refs-state', 'x..y'], 2, /x\.\.y \(flag\) is no name of a ref/],
    ['a message to two', ['message', 'send', '--to', 'a,b', '--subject', 'x'], 2, /a,b \(--to\) is no name/],
    ['a message that is no text', message('--body-file', 'bytes'), 7, /--body-file bytes is no text/],
    ['a subject without end', message('--subject', 'x'.repeat(501)), 7, /--subject must have at most 500 characters/],
    ['a file of 100 MB', message('--file', 'big'), 7, /big has more than 1048576 bytes.*attachmentKB/],
    [
      'a file with a password',
      message('--body', `password=${'hunter2'}`),
      6,
      /message\.body, line 1: it looks like a password/,
    ],
    [
      'a first build that nobody can fetch',
      ['up', '--once', '--port', '0', '--repo', 'ftp://x/y'],
      2,
      /--repo .* http/,
    ],
    ['a message of 100 MB', message('--body-file', 'big'), 7, /--body-file big is too long.*100000 characters/],
    ['a message that is a folder', message('--body-file', '.'), 2, /--body-file \. is a folder/],
  ])('tells of %s what is wrong and what to do', async (_, words, code, told) => {
    const env = { GITYARD_HOME: join(world.folder, 'file', 'home') };

    const run = await world.run([...words, '--json'], { env });

    const { error } = JSON.parse(run.stdout) as { error: { message: string; hint: string } };
    expect({ code: run.code, stderr: run.stderr }).toEqual({ code, stderr: expect.stringMatching(told) });
    expect(error.hint).not.toBe('');
  });

  it('keeps why a message was sent in the history', async () => {
    await world.ok(...message('--subject', 'drill', '--reason', 'fire alarm'));

    expect(await git(['log', '-1', '--format=%(trailers:key=Reason)', 'yard'], { cwd: world.yard })).toContain(
      'Reason: fire alarm',
    );
  });
});
