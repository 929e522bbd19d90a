/**
 * Every question, by its name: a new one is a file beside this and a line in each of the two lists. They are imported when
 * they are first asked, so that the worker starts small.
 */

import type { build } from './artifacts/build.ts';
import type { comparison } from './artifacts/comparison.ts';
import type { manifests } from './artifacts/manifests.ts';
import type { branches } from './branches/branches.ts';
import type { changes } from './changes/changes.ts';
import type { history } from './history/history.ts';
import type { lockHistory } from './locks/lock-history.ts';
import type { locks } from './locks/locks.ts';
import type { messages } from './messages/messages.ts';
import type { thread } from './messages/thread.ts';
import type { Question } from './question.ts';
import type { send } from './send.ts';

export const QUESTIONS = {
  branches: async () => (await import('./branches/branches.ts')).branches,
  build: async () => (await import('./artifacts/build.ts')).build,
  changes: async () => (await import('./changes/changes.ts')).changes,
  comparison: async () => (await import('./artifacts/comparison.ts')).comparison,
  history: async () => (await import('./history/history.ts')).history,
  lockHistory: async () => (await import('./locks/lock-history.ts')).lockHistory,
  locks: async () => (await import('./locks/locks.ts')).locks,
  manifests: async () => (await import('./artifacts/manifests.ts')).manifests,
  messages: async () => (await import('./messages/messages.ts')).messages,
  thread: async () => (await import('./messages/thread.ts')).thread,
  send: async () => (await import('./send.ts')).send,
} as const satisfies Record<string, () => Promise<Question<never, unknown>>>;

interface Named {
  branches: typeof branches;
  build: typeof build;
  changes: typeof changes;
  comparison: typeof comparison;
  history: typeof history;
  lockHistory: typeof lockHistory;
  locks: typeof locks;
  manifests: typeof manifests;
  messages: typeof messages;
  thread: typeof thread;
  send: typeof send;
}

export type QuestionName = keyof typeof QUESTIONS;
export type Asked = { [N in QuestionName]: Parameters<Named[N]>[1] };
export type Answers = { [N in QuestionName]: Awaited<ReturnType<Named[N]>> };
