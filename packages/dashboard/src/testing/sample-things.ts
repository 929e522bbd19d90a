/** A repository with something of everything that the pages of locks, messages, builds, branches and changes show. */
import { after, type ReadModel, type Time } from '@gityard/domain';
import type { BrowserContext } from 'playwright-core';
import type { Reading } from '../worker/questions/question.ts';
import { branches, rollback } from './sample-branches.ts';
import { attestation, builds, jobs } from './sample-builds.ts';
import type { Ago } from './sample-jobs.ts';
import { log, type PathCommit } from './sample-log.ts';
import { type SampleRepository, sampleRepository, shardOf } from './sample-repository.ts';
import { locks, messages } from './sample-talk.ts';

export interface SampleThings {
  readonly repository: SampleRepository;
  readonly commits: readonly PathCommit[];
  reading(model?: ReadModel): Reading;
  serve(context: BrowserContext): Promise<void>;
}

/** @param evil stands in every free text; null: nothing is there at all */
export function sampleThings(now: Time, evil: string | null = ''): SampleThings {
  const repository = sampleRepository();
  const ago: Ago = (minutes) => after(now, -minutes * 60_000);
  const put = (path: string, value: unknown) =>
    repository.put('state', path, JSON.stringify(value, hostile(evil ?? '')));
  const inShard = (folder: string, value: { id?: string; job?: string }) =>
    put(`shared/${folder}/${shardOf(value.id ?? value.job ?? '')}/${value.id ?? value.job}.json`, value);
  const fill = () => {
    put('yard.json', { name: 'acme', roles: { release: ['ada', 'build3'] } });
    for (const it of locks(ago)) put(`shared/locks/${it.name}.json`, it);
    for (const it of messages(ago)) inShard('messages', it);
    for (const it of builds(ago, evil ?? '')) inShard('manifests', it);
    for (const it of jobs(ago)) inShard('jobs', it);
    inShard('attestations', attestation(ago));
    put('shared/branches_config.json', branches(ago));
    put('shared/rollback/main.json', rollback(ago));
  };
  if (evil !== null) fill();
  const commits = evil === null ? [] : log(ago).map((it) => ({ ...it, message: told(it.message, evil) }));
  const found = (from: string, count: number, path?: string | null) => {
    const start = commits.findIndex(({ commit }) => commit === from);
    return commits
      .slice(Math.max(0, start))
      .filter((it) => !path || it.paths.includes(path))
      .slice(0, count);
  };
  return {
    repository,
    commits,
    reading: (model) => ({
      ...repository.reading(model),
      now: () => Date.parse(now),
      commits: async (from, { count, path }) => found('commit' in from ? from.commit : '', count, path),
    }),
    serve: async (context) => {
      await repository.serve(context);
      // Every commit holds the same files here.
      await context.route(/\/api\/v1\/(files|trees)\/[0-9a-f]{40}/, (route) =>
        route.fallback({
          url: route
            .request()
            .url()
            .replace(/[0-9a-f]{40}/, 'state'),
        }),
      );
      await context.route(/\/api\/v1\/commits\//, (route) => {
        const url = new URL(route.request().url());
        const { searchParams, pathname } = url;
        const from = pathname.split('/').at(-1) ?? '';
        return route.fulfill({
          json: { commits: found(from, Number(searchParams.get('count')), searchParams.get('path')) },
        });
      });
    },
  };
}

const FREE_TEXTS = new Set(['subject', 'body', 'reason', 'from', 'to', 'holder', 'isolation', 'keyid']);

/** The same value with every free text in it followed by that. */
export const hostile = (evil: string) => (key: string, value: unknown) =>
  FREE_TEXTS.has(key) && typeof value === 'string' ? `${value}${evil}` : value;

const told = (message: string, evil: string): string =>
  message.replace(/^(?=.)(.*)$/m, `$1${evil}`).replace(/^(Reason: .*)$/gm, `$1${evil}`);
