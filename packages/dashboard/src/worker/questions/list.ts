/**
 * Every question, by its name: a new one is a file beside this and a line in each of the two lists. They are imported when
 * they are first asked, so that the worker starts small.
 */

import type { moments } from '../past/moments.ts';
import type { snapshotAt } from '../past/snapshot-at.ts';
import type { build } from './artifacts/build.ts';
import type { comparison } from './artifacts/comparison.ts';
import type { manifests } from './artifacts/manifests.ts';
import type { branches } from './branches/branches.ts';
import type { changes } from './changes/changes.ts';
import type { history } from './history/history.ts';
import type { inbox } from './inbox.ts';
import type { job } from './jobs/job.ts';
import type { jobArtifacts } from './jobs/job-artifacts.ts';
import type { jobChanges } from './jobs/job-changes.ts';
import type { jobRecord } from './jobs/job-record.ts';
import type { previousBuild } from './jobs/previous-build.ts';
import type { linkTo } from './link-to.ts';
import type { lockHistory } from './locks/lock-history.ts';
import type { locks } from './locks/locks.ts';
import type { logLines } from './logs/log-lines.ts';
import type { logOpen } from './logs/log-open.ts';
import type { logPin } from './logs/log-pin.ts';
import type { logRaw } from './logs/log-raw.ts';
import type { logSearch } from './logs/log-search.ts';
import type { logWrapped } from './logs/log-wrapped.ts';
import type { messages } from './messages/messages.ts';
import type { thread } from './messages/thread.ts';
import type { overwritten } from './overwritten.ts';
import type { presence } from './presence.ts';
import type { Question } from './question.ts';
import type { send } from './send.ts';
import type { server } from './server.ts';
import type { serverBeat } from './server-beat.ts';
import type { serverPast } from './server-past.ts';

export const QUESTIONS = {
  branches: async () => (await import('./branches/branches.ts')).branches,
  build: async () => (await import('./artifacts/build.ts')).build,
  changes: async () => (await import('./changes/changes.ts')).changes,
  comparison: async () => (await import('./artifacts/comparison.ts')).comparison,
  history: async () => (await import('./history/history.ts')).history,
  inbox: async () => (await import('./inbox.ts')).inbox,
  job: async () => (await import('./jobs/job.ts')).job,
  'job-artifacts': async () => (await import('./jobs/job-artifacts.ts')).jobArtifacts,
  'job-changes': async () => (await import('./jobs/job-changes.ts')).jobChanges,
  'job-record': async () => (await import('./jobs/job-record.ts')).jobRecord,
  'link-to': async () => (await import('./link-to.ts')).linkTo,
  lockHistory: async () => (await import('./locks/lock-history.ts')).lockHistory,
  locks: async () => (await import('./locks/locks.ts')).locks,
  'log-lines': async () => (await import('./logs/log-lines.ts')).logLines,
  'log-open': async () => (await import('./logs/log-open.ts')).logOpen,
  'log-pin': async () => (await import('./logs/log-pin.ts')).logPin,
  'log-raw': async () => (await import('./logs/log-raw.ts')).logRaw,
  'log-search': async () => (await import('./logs/log-search.ts')).logSearch,
  'log-wrapped': async () => (await import('./logs/log-wrapped.ts')).logWrapped,
  manifests: async () => (await import('./artifacts/manifests.ts')).manifests,
  messages: async () => (await import('./messages/messages.ts')).messages,
  moments: async () => (await import('../past/moments.ts')).moments,
  overwritten: async () => (await import('./overwritten.ts')).overwritten,
  presence: async () => (await import('./presence.ts')).presence,
  'previous-build': async () => (await import('./jobs/previous-build.ts')).previousBuild,
  send: async () => (await import('./send.ts')).send,
  server: async () => (await import('./server.ts')).server,
  serverBeat: async () => (await import('./server-beat.ts')).serverBeat,
  serverPast: async () => (await import('./server-past.ts')).serverPast,
  'snapshot-at': async () => (await import('../past/snapshot-at.ts')).snapshotAt,
  thread: async () => (await import('./messages/thread.ts')).thread,
} as const satisfies Record<string, () => Promise<Question<never, unknown>>>;

interface Named {
  branches: typeof branches;
  build: typeof build;
  changes: typeof changes;
  comparison: typeof comparison;
  history: typeof history;
  inbox: typeof inbox;
  job: typeof job;
  'job-artifacts': typeof jobArtifacts;
  'job-changes': typeof jobChanges;
  'job-record': typeof jobRecord;
  'link-to': typeof linkTo;
  lockHistory: typeof lockHistory;
  locks: typeof locks;
  'log-lines': typeof logLines;
  'log-open': typeof logOpen;
  'log-pin': typeof logPin;
  'log-raw': typeof logRaw;
  'log-search': typeof logSearch;
  'log-wrapped': typeof logWrapped;
  manifests: typeof manifests;
  messages: typeof messages;
  moments: typeof moments;
  overwritten: typeof overwritten;
  presence: typeof presence;
  'previous-build': typeof previousBuild;
  send: typeof send;
  server: typeof server;
  serverBeat: typeof serverBeat;
  serverPast: typeof serverPast;
  'snapshot-at': typeof snapshotAt;
  thread: typeof thread;
}

export type QuestionName = keyof typeof QUESTIONS;
export type Asked = { [N in QuestionName]: Parameters<Named[N]>[1] };
export type Answers = { [N in QuestionName]: Awaited<ReturnType<Named[N]>> };
