/**
 * Every question, by its name: a new one is a file beside this and a line in each of the two lists. They are imported when
 * they are first asked, so that the worker starts small.
 */
import type { job } from './jobs/job.ts';
import type { jobArtifacts } from './jobs/job-artifacts.ts';
import type { jobChanges } from './jobs/job-changes.ts';
import type { jobRecord } from './jobs/job-record.ts';
import type { logLines } from './logs/log-lines.ts';
import type { logOpen } from './logs/log-open.ts';
import type { logPin } from './logs/log-pin.ts';
import type { logRaw } from './logs/log-raw.ts';
import type { logSearch } from './logs/log-search.ts';
import type { logWrapped } from './logs/log-wrapped.ts';
import type { Question } from './question.ts';
import type { send } from './send.ts';

export const QUESTIONS = {
  send: async () => (await import('./send.ts')).send,
  job: async () => (await import('./jobs/job.ts')).job,
  'job-artifacts': async () => (await import('./jobs/job-artifacts.ts')).jobArtifacts,
  'job-changes': async () => (await import('./jobs/job-changes.ts')).jobChanges,
  'job-record': async () => (await import('./jobs/job-record.ts')).jobRecord,
  'log-open': async () => (await import('./logs/log-open.ts')).logOpen,
  'log-lines': async () => (await import('./logs/log-lines.ts')).logLines,
  'log-search': async () => (await import('./logs/log-search.ts')).logSearch,
  'log-wrapped': async () => (await import('./logs/log-wrapped.ts')).logWrapped,
  'log-raw': async () => (await import('./logs/log-raw.ts')).logRaw,
  'log-pin': async () => (await import('./logs/log-pin.ts')).logPin,
} as const satisfies Record<string, () => Promise<Question<never, unknown>>>;

interface Named {
  send: typeof send;
  job: typeof job;
  'job-artifacts': typeof jobArtifacts;
  'job-changes': typeof jobChanges;
  'job-record': typeof jobRecord;
  'log-open': typeof logOpen;
  'log-lines': typeof logLines;
  'log-search': typeof logSearch;
  'log-wrapped': typeof logWrapped;
  'log-raw': typeof logRaw;
  'log-pin': typeof logPin;
}

export type QuestionName = keyof typeof QUESTIONS;
export type Asked = { [N in QuestionName]: Parameters<Named[N]>[1] };
export type Answers = { [N in QuestionName]: Awaited<ReturnType<Named[N]>> };
