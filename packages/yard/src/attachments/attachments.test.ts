import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newId } from '../ids.ts';
import { type Scene, scene } from '../spec/scene.ts';
import type { Yard } from '../yard.ts';
import { fetchAttachment, publishAttachment } from './attachments.ts';

let world: Scene;
let yard: Yard;
beforeEach(async () => {
  world = await scene();
  yard = await world.start('mac');
});
afterEach(() => world.close());

const now = '2026-03-01T12:00:00Z';
/** What was born in 2001. */
const oldId = `00v${'0'.repeat(23)}`;

async function sent(content: Uint8Array, id = newId(), name = 'log.txt') {
  const attachment = await publishAttachment(yard, { messageId: id, name, content });
  const done = await yard.perform('send', { id, message: { from: 'mac', to: 'pc', subject: id, attachment }, now });
  if (!done.ok) throw new Error(done.reason);
  return done.result;
}

describe('a file that a message brings', () => {
  it.each([
    ['nothing', 0],
    ['a few bytes', 3],
    ['many chunks', 700_000],
  ])('comes as it was sent: %s', async (_, size) => {
    const content = Uint8Array.from({ length: size }, (__, at) => at % 251);

    const message = await sent(content);

    expect(message.attachment).toMatchObject({ name: 'log.txt', sizeBytes: size });
    expect(Buffer.compare(await fetchAttachment(await world.start('pc'), message), content)).toBe(0);
  });

  it('lies beside the state, never in it', async () => {
    await sent(Buffer.from('by itself'));

    expect(yard.paths('').filter((it) => it.startsWith('files/'))).toEqual([]);
    expect(await yard.logs.filesIn('files/')).toHaveLength(1);
  });

  it('is refused when it is too large, or holds a secret, and nothing of it is published', async () => {
    const large = { messageId: newId(), name: 'a.bin', content: new Uint8Array(1_048_577) };
    const secret = { messageId: newId(), name: 'b.txt', content: Buffer.from(`\n\u00ff password=${'hunter2'}`) };

    await expect(publishAttachment(yard, large)).rejects.toMatchObject({ code: 'TOO_LARGE' });
    await expect(publishAttachment(yard, secret)).rejects.toMatchObject({
      code: 'SECRET_FOUND',
      message: 'b.txt, line 2: it looks like a password (rule password)',
    });
    expect(await yard.logs.filesIn('files/')).toEqual([]);
    await publishAttachment(yard, { ...secret, allowSecrets: ['password'] });
  });

  it('is told of when it is not as it was sent, or not there', async () => {
    const message = await sent(Buffer.from('abc'));
    const { attachment } = message;
    if (!attachment) throw new Error('it brought none');
    const other = { ...message, attachment: { ...attachment, sha256: 'a'.repeat(64) } };
    const gone = { ...message, attachment: { ...attachment, path: 'files/none' } };

    await expect(fetchAttachment(yard, other)).rejects.toMatchObject({ code: 'INVALID_DATA' });
    await expect(fetchAttachment(yard, gone)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(fetchAttachment(yard, { ...message, attachment: null })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('goes when its message has gone, unless it may still be waiting for it', async () => {
    const young = newId();
    await publishAttachment(yard, { messageId: oldId, name: 'a', content: Buffer.from('left behind') });
    await publishAttachment(yard, { messageId: young, name: 'a', content: Buffer.from('on its way') });
    const kept = await sent(Buffer.from('kept'), `00w${'0'.repeat(23)}`);

    await sent(Buffer.from('new'));

    const folders = (await yard.logs.filesIn('files/')).map((it) => it.path.split('/')[1]);
    expect(folders).toEqual(expect.arrayContaining([young, kept.id]));
    expect(folders).not.toContain(oldId);
  });
});
