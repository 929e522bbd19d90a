import assert from 'node:assert/strict';
import { type Change, type Message, validate } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { unreadableTarget } from './encode-changes.ts';

const NOON = '2025-11-13T12:00:00Z';
function aMessage(id: string, body: string): Message {
  const checked = validate('message', { id, from: 'ann', to: 'mac', subject: 'hello', sentAt: NOON });
  assert(checked.ok);
  return { ...checked.value, body };
}
const FOLDER = 'messages/2025/11';

describe('what would be written', () => {
  const small = aMessage('m1', 'short');
  const huge = aMessage('m2', 'x'.repeat(2_000_000));
  const inArchive = (content: Message): Change => ({
    kind: 'archive',
    of: 'message',
    id: content.id,
    folder: FOLDER,
    content,
  });

  it('can be read back, in the state and in the archive', () => {
    expect(unreadableTarget([{ kind: 'message', id: 'm1', value: small }, inArchive(small)])).toBeUndefined();
  });

  it.each<[string, Change]>([
    ['in the state', { kind: 'message', id: 'm2', value: huge }],
    ['in the archive', inArchive(huge)],
  ])('is found out when it is too long to be read back %s', (_, change) => {
    expect(unreadableTarget([change])?.why).toMatch(/would have more than \d+ bytes$/);
  });
});
