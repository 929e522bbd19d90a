import { describe, expect, it } from 'vitest';
import type { Project, ProjectGraph } from '../graph/project-graph.ts';
import { planCanary, planSplit, type SplitPlan, type SplitQuestion } from './plan-split.ts';
import { togetherSeconds } from './schedule.ts';

const project = (id: string, needs: string[] = []): Project => ({
  id,
  name: id,
  folder: id,
  needs,
  outputs: [`${id}/out`],
  isTest: false,
  lockFiles: [],
});
const graphOf = (...projects: Project[]): ProjectGraph => ({ projects, shared: [] });
/** Four libraries that need one, and an application that needs them. */
const diamond = graphOf(
  project('core'),
  ...['a', 'b', 'c', 'd'].map((id) => project(id, ['core'])),
  project('app', ['a', 'b', 'c', 'd']),
);
const ask = (graph: ProjectGraph, more: Partial<SplitQuestion> = {}) =>
  planSplit({ graph, seconds: new Map(), agents: 3, requires: ['cache=team'], ...more });
const planOf = (graph: ProjectGraph, more: Partial<SplitQuestion> = {}): SplitPlan => {
  const planned = ask(graph, more);
  if ('plan' in planned) return planned.plan;
  throw new Error(planned.whole);
};
const projectsOf = ({ parts }: SplitPlan) => parts.map((it) => it.part.projects);

describe('plan-split', () => {
  it('deals the projects of each wave out to those who can help, and knows what each part waits for', () => {
    const plan = planOf(diamond);

    expect(plan.parts).toEqual([
      { part: { kind: 'part', wave: 0, projects: ['core'] }, needs: [], assignedTo: null },
      { part: { kind: 'part', wave: 1, projects: ['a', 'd'] }, needs: [0], assignedTo: null },
      { part: { kind: 'part', wave: 1, projects: ['b'] }, needs: [0], assignedTo: null },
      { part: { kind: 'part', wave: 1, projects: ['c'] }, needs: [0], assignedTo: null },
      { part: { kind: 'part', wave: 2, projects: ['app'] }, needs: [1, 2, 3], assignedTo: null },
    ]);
    expect(plan).toMatchObject({ waves: 3, projects: 6, agents: 3, requires: ['cache=team'] });
  });

  it('tells the longest chain, and how long it takes alone and together', () => {
    const seconds = new Map([...diamond.projects.map((it) => [it.id, 10] as const), ['c', 40]]);

    expect(planOf(diamond, { seconds })).toMatchObject({
      criticalPath: ['core', 'c', 'app'],
      aloneSeconds: 90,
      togetherSeconds: 60,
    });
  });

  it('gives each about the same to do', () => {
    const many = graphOf(...['a', 'b', 'c', 'd', 'e'].map((id) => project(id)));
    const seconds = new Map([
      ['a', 60],
      ['b', 20],
      ['c', 20],
      ['d', 20],
      ['e', 50],
    ]);

    expect(projectsOf(planOf(many, { seconds }))).toEqual([['a'], ['e'], ['b', 'c', 'd']]);
  });

  it('takes what is not known to be as long as the others on average', () => {
    const pair = graphOf(project('a'), project('b'), project('c'));

    expect(planOf(pair, { seconds: new Map([['a', 30]]) }).aloneSeconds).toBe(90);
  });

  it('leaves to one agent what only one can do at a time', () => {
    const tail = graphOf(
      project('core'),
      project('base', ['core']),
      project('a', ['base']),
      project('b', ['base']),
      project('app', ['a', 'b']),
      project('installer', ['app']),
    );

    expect(projectsOf(planOf(tail))).toEqual([['core', 'base'], ['a'], ['b'], ['app', 'installer']]);
    expect(planOf(tail).waves).toBe(3);
  });

  it('makes as many parts as are asked for', () => {
    expect(planOf(diamond, { mostParts: 2 }).parts).toHaveLength(4);
    expect(planOf(diamond, { mostParts: 9 }).parts).toHaveLength(6);
  });

  it.each([
    ['one project', graphOf(project('a')), {}],
    ['nobody to help', diamond, { agents: 1 }],
    ['one chain', graphOf(project('a'), project('b', ['a']), project('c', ['b'])), {}],
    ['too many parts', graphOf(...Array.from({ length: 300 }, (_, at) => project(`p${at}`))), { mostParts: 300 }],
  ] as const)('does not split with %s', (_, graph, more) => {
    expect(ask(graph, more)).toEqual({ whole: expect.any(String) });
  });

  it('lets a canary go first, and all others follow it', () => {
    expect(planCanary(['b', 'a', 'c'])).toMatchObject({
      plan: {
        kind: 'canary',
        parts: [
          { part: { kind: 'canary', wave: 0 }, needs: [], assignedTo: 'b' },
          { part: { kind: 'follower', wave: 1 }, needs: [0], assignedTo: 'a' },
          { part: { kind: 'follower', wave: 1 }, needs: [0], assignedTo: 'c' },
        ],
      },
    });
    expect(planCanary(['b'])).toHaveProperty('whole');
  });
});

describe('schedule', () => {
  const chain = [
    { seconds: 5, needs: [] },
    { seconds: 5, needs: [0] },
    { seconds: 5, needs: [1] },
  ];
  const apart = Array.from({ length: 6 }, () => ({ seconds: 5, needs: [] }));

  it.each([
    ['a chain, with any number of hands', chain, 4, 15],
    ['work that needs nothing, with one hand', apart, 1, 30],
    ['work that needs nothing, with four hands', apart, 4, 10],
    ['nothing', [], 3, 0],
  ] as const)('of %s', (_, work, hands, seconds) => {
    expect(togetherSeconds(work, hands)).toBe(seconds);
  });

  it('begins with what has the longest way to go', () => {
    const short = Array.from({ length: 4 }, () => ({ seconds: 5, needs: [] }));

    expect(togetherSeconds([...short, { seconds: 10, needs: [] }, { seconds: 10, needs: [4] }], 2)).toBe(20);
  });
});
