import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alike, makeWorld, type World } from '../../program.fixture.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld();
  await world.edit({ 'yard.json': '{ "name": "acme", "roles": { "ops": ["b"] } }\n' });
});
afterAll(() => world.remove());

interface MessageJson {
  readonly id: string;
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

    await world.ok('message', 'mark-all-read', 'b');
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

    expect(await subjects('thread', answer.id)).toEqual(['disk full?', 're: disk']);
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

    expect(await send('--to', 'a', '--file', 'note.txt')).toMatchObject({ body: 'from a file\n' });
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
