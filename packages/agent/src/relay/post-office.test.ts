import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { ask } from './ask.ts';
import { QUESTION, seal } from './letter.ts';
import type { Question } from './messages.ts';
import { openPostOffice, PATH, type PostOffice } from './post-office.ts';
import { siteOf } from './site.ts';

const site = siteOf('correct horse battery staple');
const { signal } = new AbortController();
const question: Question = {
  kind: 'perform',
  from: { actor: 'mac', boot: 'b1', request: 1 },
  operations: [{ name: 'claim', input: { agentId: 'mac', boot: 'b1', now: '2026-03-01T12:00:00Z' } }],
};
const open: PostOffice[] = [];
afterEach(async () => {
  for (const it of open.splice(0)) await it.close();
});

async function office() {
  const asked: Question[] = [];
  const post = await openPostOffice({
    site,
    host: '127.0.0.1',
    answer: async (it) => {
      asked.push(it);
      return { kind: 'landed' };
    },
  });
  open.push(post);
  return { url: post.url, asked };
}

function statusOf(url: string, { body, method = 'POST' }: { body?: Uint8Array; method?: string }): Promise<number> {
  return new Promise((resolve, reject) => {
    const call = request(url, { method }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    call.on('error', reject);
    call.end(body);
  });
}

it('takes a question and gives its answer', async () => {
  const { url, asked } = await office();

  expect(await ask({ url, site, question, signal })).toEqual({ kind: 'landed' });
  expect(asked).toEqual([question]);
});

it('tells who has another key nothing, and asks nobody for them', async () => {
  const { url, asked } = await office();

  await expect(ask({ url, site: siteOf('a key of another site'), question, signal })).rejects.toThrow('HTTP 401');
  expect(asked).toEqual([]);
});

it.each([
  ['no value at all', null],
  ['an unknown kind', { kind: 'shell', command: 'true' }],
  ['no operations', { ...question, operations: [] }],
  ['an operation that nobody knows', { ...question, operations: [{ name: 'constructor', input: {} }] }],
  ['an operation in the name of another agent', { ...question, from: { actor: 'linux', boot: 'b1', request: 1 } }],
  ['a number that is none', { ...question, from: { actor: 'mac', boot: 'b1', request: -1 } }],
  ['an actor that is no name', { ...question, from: { actor: '../mac', boot: 'b1', request: 1 } }],
  ['a heartbeat that is none', { kind: 'beat', heartbeat: { agent: 'mac' } }],
  ['too many operations', { ...question, operations: Array.from({ length: 101 }, () => question.operations[0]) }],
])('refuses %s, sealed as it may be', async (_, value) => {
  const { url, asked } = await office();

  expect(await statusOf(`${url}${PATH}`, { body: seal(site.secret, { about: QUESTION, value }) })).toBe(400);
  expect(asked).toEqual([]);
});

it('has one door', async () => {
  const { url } = await office();

  expect(await statusOf(url, { method: 'GET' })).toBe(404);
  expect(await statusOf(`${url}${PATH}`, { method: 'GET' })).toBe(404);
  expect(await statusOf(`${url}${PATH}/../`, { body: Buffer.from('x') })).toBe(404);
  expect(await statusOf(`${url}${PATH}`, { body: Buffer.from('x') })).toBe(401);
});

it('does not read on when there is too much', async () => {
  const { url } = await office();
  const outcome = await statusOf(`${url}${PATH}`, { body: Buffer.alloc(5 * 1024 * 1024) }).catch(() => 'cut off');

  expect([413, 'cut off']).toContain(outcome);
});
