/**
 * Every question, by its name: a new one is a file beside this and a line in each of the two lists. They are imported when
 * they are first asked, so that the worker starts small.
 */
import type { moments } from '../past/moments.ts';
import type { snapshotAt } from '../past/snapshot-at.ts';
import type { overwritten } from './overwritten.ts';
import type { linkTo } from './link-to.ts';
import type { Question } from './question.ts';
import type { send } from './send.ts';

export const QUESTIONS = {
  'link-to': async () => (await import('./link-to.ts')).linkTo,
  send: async () => (await import('./send.ts')).send,
  overwritten: async () => (await import('./overwritten.ts')).overwritten,
  moments: async () => (await import('../past/moments.ts')).moments,
  'snapshot-at': async () => (await import('../past/snapshot-at.ts')).snapshotAt,
} as const satisfies Record<string, () => Promise<Question<never, unknown>>>;

interface Named {
  'link-to': typeof linkTo;
  send: typeof send;
  overwritten: typeof overwritten;
  moments: typeof moments;
  'snapshot-at': typeof snapshotAt;
}

export type QuestionName = keyof typeof QUESTIONS;
export type Asked = { [N in QuestionName]: Parameters<Named[N]>[1] };
export type Answers = { [N in QuestionName]: Awaited<ReturnType<Named[N]>> };
