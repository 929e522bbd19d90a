/** What people and agents say to each other in stories, and who hears of it. */
import type { InputOf } from '../operations/list.ts';
import type { Setting } from './move.ts';

export const aPerson = ({ dice }: Setting): string => dice.one(['ann', 'bob', 'constructor']);

export function aSending(it: Setting): InputOf<'send'> {
  const { dice, now, id, state } = it;
  const replyTo = dice.rarely(9) ? 'm9' : dice.oneOr(dice.rarely(2) ? [...state.messages] : [], { id: null }).id;
  const to = dice.one(['a1', 'all', 'builders']);
  const subject = dice.one(['hello', id]);
  const attachment = dice.one([null, { name: 'a.txt', sizeBytes: 1, sha256: 'a'.repeat(64), path: `files/${id}` }]);
  const body = dice.one(['', ...COMMANDS]);
  return {
    id,
    message: { from: aPerson(it), to, subject, body, replyTo, attachment, ackBy: dice.one([null, now]) },
    now,
  };
}

const COMMANDS = [
  '/task "Build it" tags:xcode params:{"url":"u"}',
  '/task "Build it',
  '/tasklist',
  '/msg a1 exec make-task.sh x',
] as const;

export function anAnswer(it: Setting): InputOf<'answer-command'> {
  const { dice, state, id, now } = it;
  const script = dice.one([null, { ok: true, text: '/task "Again" tags:gpu' }, { ok: false, text: 'it failed' }]);
  const messageId = dice.oneOr([...state.messages], { id: 'm9' }).id;
  return { messageId, agentId: dice.one(['a1', 'a2', 'a9']), answerId: `${id}a`, jobId: `${id}j`, script, now };
}

export const aReceipt = (it: Setting): InputOf<'read'> => ({
  messageId: it.dice.oneOr([...it.state.messages], { id: 'm9' }).id,
  reader: it.dice.one(['ann', 'constructor', 'a1', 'a2']),
  now: it.now,
});
