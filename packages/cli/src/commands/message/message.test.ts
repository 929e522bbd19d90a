import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git, waitFor } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alike, makeWorld, type World } from '../../program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.configure({ roles: { ops: ['b'] } });
});
afterAll(() => world.remove());

interface MessageJson {
  readonly id: string;
  readonly deduplicated: boolean;
  readonly downloadedBy: Record<string, string>;
  readonly attachment: { readonly sha256: string } | null;
  readonly subject: string;
  readonly readBy: Record<string, string>;
}
const send = (...words: string[]) => world.json<MessageJson>(['message', 'send', ...words]);
const subjects = async (...words: string[]) =>
  (await world.json<MessageJson[]>(['message', ...words])).map((it) => it.subject);

describe('message', () => {
  it('reaches an agent, a role or all but its sender, each with receipts of its own', async () => {
    const toAll = await send('--from', 'a', '--to', 'all', '--subject', 'to all', '--priority', 'high');
    await send('--from', 'a', '--to', 'ops', '--subject', 'to ops');
    await send('--from', 'a', '--to', 'c', '--subject', 'to c');

    expect(await subjects('list', '--unread', '--agent', 'b')).toEqual(['to ops', 'to all']);
    expect(await subjects('list', '--unread', '--agent', 'c')).toEqual(['to c', 'to all']);
    expect(await subjects('list', '--agent', 'a')).toEqual([]);

    const own = await send('--from', 'b', '--to', 'all', '--subject', 'from b');
    await world.ok('message', 'mark-all-read', 'b');
    expect((await world.json<MessageJson>(['message', 'show', own.id])).readBy).toEqual({});
    await world.ok('message', 'mark-read', own.id, '--agent', 'c');
    expect(await subjects('list', '--unread', '--agent', 'b')).toEqual([]);
    expect(await subjects('list', '--unread', '--agent', 'c')).toEqual(['to c', 'to all']);

    const read = await world.json<MessageJson>(['message', 'read', toAll.id, '--agent', 'c']);
    expect(Object.keys(read.readBy).sort()).toEqual(['b', 'c']);
  });

  it('keeps a thread together and finds words', async () => {
    const question = await send('--to', 'all', '--subject', 'disk full?', '--body', 'on /var', '--type', 'request');
    const answer = await send(
      '--from',
      'b',
      '--to',
      'tester',
      '--subject',
      're: disk',
      '--body',
      'mended',
      '--reply-to',
      question.id,
      '--type',
      'response',
    );

    const short = await send('--from', 'tester', '--subject', 'thanks', '--reply-to', answer.id);
    expect(short).toMatchObject({ to: 'b', replyTo: answer.id });
    expect(await subjects('thread', answer.id)).toEqual(['disk full?', 're: disk', 'thanks']);
    expect(await subjects('search', '--query', 'DISK var')).toEqual(['disk full?']);
    expect(await subjects('search', '--query', 'disk', '--type', 'response')).toEqual(['re: disk']);
    expect(await subjects('search', '--query', 'disk', '--agent', 'c')).toEqual(['disk full?']);
  });

  it('is read and acknowledged by its recipients alone, however their names are written', async () => {
    const { id } = await send('--from', 'a', '--to', 'Ann-Lee', '--subject', 'for a person', '--ack-by', '1h');

    expect(await subjects('list', '--unread', '--agent', 'Ann-Lee')).toContain('for a person');
    expect(await world.ok('message', 'read', id, '--agent', 'b')).toContain('read by nobody');
    expect(await world.run(['message', 'ack', id, '--agent', 'b'])).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/is for ann-lee, not for b; .* \[NOT_ADDRESSED\]/),
    });
    await world.ok('message', 'ack', id, '--agent', 'ann-lee');
    expect(await subjects('list', '--unread', '--agent', 'ann-lee')).not.toContain('for a person');
  });

  it('takes its text from a file or from standard input', async () => {
    await writeFile(join(world.folder, 'note.txt'), 'from a file\n');

    expect(await send('--to', 'a', '--body-file', 'note.txt')).toMatchObject({ body: 'from a file\n' });
    const piped = await world.json(['message', 'send', '--to', 'a', '--body', '-'], { input: 'from a pipe' });
    expect(piped).toMatchObject({ body: 'from a pipe' });
    expect((await world.run(['message', 'send', '--to', 'a'])).code).toBe(2);
    expect((await world.run(['message', 'send', '--subject', 'x'])).code).toBe(2);
  });

  it('shows one in full', async () => {
    const { id } = await send(
      '--from',
      'a',
      '--to',
      'b',
      '--subject',
      'Hello',
      '--body',
      'two\nlines',
      '--ack-by',
      '1h',
    );
    await world.ok('message', 'ack', id, '--agent', 'b');

    expect(alike(await world.ok('message', 'read', id, '--agent', 'b'), world)).toMatchInlineSnapshot(`
      "Hello
      <id1>  info, normal  from a to b  <time>
      to be acknowledged by <time>

      two
      lines

      read by b; acknowledged by b
      "
    `);
  });

  it('counts', async () => {
    expect(await world.json(['message', 'stats'])).toMatchObject({
      total: expect.any(Number),
      byPriority: { high: 1, normal: expect.any(Number) },
      awaitingAck: 0,
      ackOverdue: 0,
    });
  });
});

const commits = async () => (await world.json<unknown[]>(['log'])).length;

describe('a message that comes again', () => {
  it('is the first one, and nothing is committed', async () => {
    const words = ['--from', 'a', '--to', 'b', '--subject', 'once'];
    const first = await send(...words);
    const before = await commits();

    const again = await send(...words);

    expect(again).toMatchObject({ id: first.id, deduplicated: true, commit: null });
    expect(await commits()).toBe(before);
    expect((await send(...words, '--body', 'more')).deduplicated).toBe(false);
  });

  it('is the first one under its key, whatever it says', async () => {
    const first = await send('--to', 'b', '--key', 'release 7', '--subject', 'ready');
    const again = await send('--to', 'b', '--key', 'release 7', '--subject', 'ready, again');

    expect(again).toMatchObject({ id: first.id, subject: 'ready', deduplicated: true });
  });
});

describe('a file that a message brings', () => {
  it('is fetched by others as it was sent, never over another file, and the sender sees by whom', async () => {
    await writeFile(join(world.folder, 'build.log'), 'x'.repeat(600_000));
    const { id, attachment } = await send('--from', 'a', '--to', 'b', '--file', 'build.log');
    expect(attachment).toMatchObject({ name: 'build.log', sizeBytes: 600_000 });

    const got = await world.json(['message', 'get', id, '--agent', 'b', '--out', 'in/b']);
    const again = await world.run(['message', 'get', id, '--agent', 'b', '--out', 'in/b']);
    expect(await world.ok('message', 'get', id, '--agent', 'c', '--dry-run')).toContain('leave no receipt');
    await world.ok('message', 'get', id, '--agent', 'c', '--out', 'in/c');

    expect(got).toMatchObject({ file: join(world.folder, 'in/b/build.log') });
    expect(await readFile(join(world.folder, 'in/b/build.log'), 'utf8')).toBe('x'.repeat(600_000));
    expect(again).toMatchObject({ code: 4, stderr: expect.stringMatching(/is there already; name another folder/) });
    const shown = await world.json<MessageJson>(['message', 'show', id]);
    expect(Object.keys(shown.downloadedBy)).toEqual(['b']);
    expect(await world.ok('message', 'show', id)).toMatch(/brings build.log, 600000 bytes[\s\S]*downloaded by b/);
    expect((await world.run(['message', 'get', await plain()])).code).toBe(3);
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });

  it('is not published where the message would be refused, or was sent before', async () => {
    await writeFile(join(world.folder, '.hidden'), 'x');
    await writeFile(join(world.folder, 'key.txt'), `password=${'hunter2'}`);
    const logs = () => git(['rev-parse', 'yard-logs'], { cwd: world.yard });
    await send('--to', 'b', '--file', 'note.txt', '--subject', 'note');
    const before = await logs();

    expect((await world.run(['message', 'send', '--to', 'b', '--file', '.hidden'])).code).toBe(7);
    expect((await world.run(['message', 'send', '--to', 'b', '--file', 'key.txt'])).code).toBe(6);
    expect(await send('--to', 'b', '--file', 'note.txt', '--subject', 'note')).toMatchObject({ deduplicated: true });
    expect(await world.json(['message', 'send', '--to', 'c', '--file', 'note.txt', '--dry-run'])).toMatchObject({
      dryRun: true,
    });
    expect(await logs()).toBe(before);
  });

  const plain = async () => (await send('--to', 'b', '--subject', 'no file')).id;
});

describe('messages of old', () => {
  it('are archived, and found there, threads and all', async () => {
    const asked = await send('--from', 'a', '--to', 'b', '--subject', 'archived question');
    await world.ok('message', 'read', asked.id, '--agent', 'b');
    await send('--from', 'a', '--to', 'b', '--subject', 'briefly', '--expires', '1ms');
    await waitFor(async () => (await archive('--days', '30')).archived.length > 0, { what: 'one has expired' });

    expect(await archive('--days', '0', '--dry-run')).toMatchObject({ archived: expect.arrayContaining([asked.id]) });
    expect(await archive('--days', '0')).toMatchObject({ archived: expect.arrayContaining([asked.id]) });
    const answer = await send('--from', 'b', '--to', 'a', '--subject', 'late answer', '--reply-to', asked.id);

    expect(await subjects('thread', answer.id)).toEqual(['archived question', 'late answer']);
    expect(await subjects('search', '--query', 'archived question')).toEqual([]);
    expect(await subjects('search', '--query', 'archived question', '--archived')).toEqual(['archived question']);
    expect(await subjects('list', '--archived', '--from', 'a', '--to', 'b', '--limit', '1')).toHaveLength(1);
    expect(await subjects('list', '--since', '1ms')).toEqual([]);
    expect(await world.json(['audit'])).toMatchObject({ ok: true });
  });

  it('are not shown when they mean nothing any more, unless asked for', async () => {
    await send('--to', 'b', '--subject', 'fleeting', '--expires', '1ms');
    await waitFor(async () => !(await subjects('list')).includes('fleeting'), { what: 'it has expired' });

    expect(await subjects('list', '--expired', '--priority', 'normal', '--type', 'info')).toContain('fleeting');
  });

  const archive = (...words: string[]) => world.json<{ archived: string[] }>(['message', 'archive', ...words]);
});

describe('what looks like a secret', () => {
  const secret = ['message', 'send', '--to', 'all', '--body', `one\npassword=${'hunter2'}`];

  it('is refused with its place and its rule, also when only tried out', async () => {
    const run = await world.run(secret);

    expect(run).toMatchObject({
      code: 6,
      stderr: expect.stringMatching(/line 2: .*rule password.*--allow-secret.*SECRET_FOUND/),
    });
    expect(run.stderr).not.toContain('hunter2');
    expect((await world.run([...secret, '--dry-run'])).code).toBe(6);
  });

  it('is let pass by who says that it is none, which stands in the history', async () => {
    await world.ok(...secret, '--allow-secret', 'password', '--reason', 'a specimen');

    const [row] = await world.json<{ reason: string }[]>(['log']);
    expect(row?.reason).toBe('no secret, though it looks like one (password): a specimen');
  });
});
