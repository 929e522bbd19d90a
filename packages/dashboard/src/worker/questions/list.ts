/**
 * Every question, by its name: a new one is a file beside this and a line in each of the two lists. They are imported when
 * they are first asked, so that the worker starts small.
 */
import type { linkTo } from './link-to.ts';
import type { moments } from '../past/moments.ts';
import type { overwritten } from './overwritten.ts';
import type { presence } from './presence.ts';
import type { send } from './send.ts';
import type { server } from './server.ts';
import type { serverBeat } from './server-beat.ts';
import type { serverPast } from './server-past.ts';
import type { snapshotAt } from '../past/snapshot-at.ts';
import type { Question } from './question.ts';

export const QUESTIONS = {
  'link-to': async () => (await import('./link-to.ts')).linkTo,
  moments: async () => (await import('../past/moments.ts')).moments,
  overwritten: async () => (await import('./overwritten.ts')).overwritten,
  presence: async () => (await import('./presence.ts')).presence,
  send: async () => (await import('./send.ts')).send,
  server: async () => (await import('./server.ts')).server,
  serverBeat: async () => (await import('./server-beat.ts')).serverBeat,
  serverPast: async () => (await import('./server-past.ts')).serverPast,
  'snapshot-at': async () => (await import('../past/snapshot-at.ts')).snapshotAt,
} as const satisfies Record<string, () => Promise<Question<never, unknown>>>;

interface Named {
  'link-to': typeof linkTo;
  moments: typeof moments;
  overwritten: typeof overwritten;
  presence: typeof presence;
  send: typeof send;
  server: typeof server;
  serverBeat: typeof serverBeat;
  serverPast: typeof serverPast;
  'snapshot-at': typeof snapshotAt;
}

export type QuestionName = keyof typeof QUESTIONS;
export type Asked = { [N in QuestionName]: Parameters<Named[N]>[1] };
export type Answers = { [N in QuestionName]: Awaited<ReturnType<Named[N]>> };
