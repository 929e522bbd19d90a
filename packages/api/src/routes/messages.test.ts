import { describe, expect, it } from 'vitest';
import type { MessageDesk, SentMessage } from '../desks.ts';
import { apiOf, ask } from '../testing/world.ts';

const KEY = 'a-key-that-was-printed';
const HELLO = { to: 'mac', subject: 'Hello' };

describe('messages', () => {
  it('are sent in the name of whoever calls, with what was left out as the yard has it', async () => {
    const { send, sent } = await theApi();

    expect(await send(HELLO)).toMatchObject({ status: 201, json: { id: 'm1' } });

    expect(sent).toEqual([{ ...HELLO, from: 'ada', body: '', type: 'info', priority: 'normal', replyTo: null }]);
  });

  it('bear one name for each key, whatever they say', async () => {
    const { send, sent } = await theApi();

    await send(HELLO, { 'idempotency-key': 'once' });
    await send({ ...HELLO, subject: 'Other' }, { 'idempotency-key': 'once' });
    await send(HELLO, { 'idempotency-key': 'twice' });

    const [first, second, third] = sent.map(({ key }) => key);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('are no way to give commands, and speak in nobody else’s name', async () => {
    const { send, sent } = await theApi();

    expect(await send({ ...HELLO, body: ' /approve b1' })).toMatchObject({
      status: 400,
      json: { code: 'INVALID_DATA' },
    });
    expect(await send({ ...HELLO, from: 'mac' })).toMatchObject({ status: 400 });
    expect(await send({ to: 'mac' })).toMatchObject({ status: 400 });

    expect(sent).toEqual([]);
  });

  it('are told of when the yard says no', async () => {
    const { send } = await theApi({
      state: 'refused',
      code: 'NOT_FOUND',
      reason: 'there is no message m0 to reply to',
    });

    expect(await send({ ...HELLO, replyTo: 'm0' })).toMatchObject({ status: 404, json: { code: 'NOT_FOUND' } });
  });
});

async function theApi(outcome: Awaited<ReturnType<MessageDesk['send']>> = { state: 'sent', id: 'm1' }) {
  const sent: SentMessage[] = [];
  const send: MessageDesk['send'] = async (message) => {
    sent.push(message);
    return outcome;
  };
  const api = await apiOf({ messages: { send }, key: KEY });
  const page = { origin: api.url, 'x-gityard-page': '1', 'content-type': 'application/json' };
  const entering = { method: 'POST', headers: page, body: JSON.stringify({ key: KEY, name: 'ada' }) };
  const entered = await ask(api, '/api/v1/session', entering);
  const cookie = String(entered.headers['set-cookie']).split(';')[0] ?? '';
  const post = async (body: object, headers: object = {}) => {
    const asked = { method: 'POST', headers: { ...page, cookie, ...headers }, body: JSON.stringify(body) };
    const { status, body: text } = await ask(api, '/api/v1/messages', asked);
    return { status, json: JSON.parse(text) as Record<string, unknown> };
  };
  return { send: post, sent };
}
