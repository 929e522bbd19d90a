/**
 * One job as a graph of jobs: a Distributed build has a job for each part of its projects, a Canary one for each agent. The
 * parent goes back to the queue until its children have ended, and then is claimed once more to put their results together.
 * Only the operation `split` makes children; the queue itself is what coordinates them.
 */
import { closed, count, listOf, name, nullableText, text, time } from './schema.ts';
import type { TypeOf } from './type-of.ts';

/** In one commit, and in one list of needs. */
export const MOST_CHILDREN = 200;

const projects = listOf(text(300), { maxItems: 1000 });

/** What a child is of its parent. */
export const partSchema = closed(
  {
    kind: { enum: ['part', 'canary', 'follower'] },
    wave: { ...count, description: 'parts of one wave run side by side; those of the next need them' },
    projects: { ...projects, description: 'ids of the projects that this part builds; none: all of them' },
  },
  ['kind'],
);

export const splitSchema = closed(
  {
    kind: { enum: ['distributed', 'canary'] },
    at: time,
    children: listOf(name, { maxItems: MOST_CHILDREN, uniqueItems: true }),
    waves: count,
    projects: count,
    agents: { ...count, description: 'how many could help when it was split' },
    failure: { ...nullableText(2000), description: 'which of its parts failed, and why' },
    criticalPath: { ...projects, description: 'the longest chain of projects that wait for each other' },
    aloneSeconds: { type: 'number', minimum: 0, default: 0, description: 'expected of one agent' },
    togetherSeconds: { type: 'number', minimum: 0, default: 0, description: 'expected of as many as can help' },
  },
  ['kind', 'at', 'children'],
);

export type Part = TypeOf<typeof partSchema>;
export type Split = TypeOf<typeof splitSchema>;
