import { describe, expect, it } from 'vitest';
import {
  criticalPath,
  inOrder,
  ownerOf,
  type Project,
  type ProjectGraph,
  wavesOf,
  withDependents,
  withNeeds,
} from './project-graph.ts';

const project = (id: string, ...needs: string[]): Project => ({
  id,
  name: id,
  folder: id,
  needs,
  outputs: [],
  isTest: false,
  lockFiles: [],
});

/** core ◀─ app ◀─ app.tests, core ◀─ tool, lone */
const graph: ProjectGraph = {
  projects: [
    project('core'),
    project('app', 'core'),
    project('app.tests', 'app'),
    project('tool', 'core'),
    project('lone'),
  ],
  shared: [],
};
const ids = (projects: readonly Project[]) => projects.map((it) => it.id);

describe('a graph of projects', () => {
  it('tells whom a change concerns, and what something is made of', () => {
    expect(ids(withDependents(graph, new Set(['app'])))).toEqual(['app', 'app.tests']);
    expect(ids(withDependents(graph, new Set(['core'])))).toEqual(['core', 'app', 'app.tests', 'tool']);
    expect(ids(withNeeds(graph, new Set(['app.tests'])))).toEqual(['core', 'app', 'app.tests']);
    expect(withDependents(graph, new Set())).toEqual([]);
  });

  it('knows whose a file is: the deepest folder around it has it', () => {
    const nested: ProjectGraph = { projects: [{ ...project('top'), folder: '' }, project('app')], shared: [] };

    expect(ownerOf(nested, 'app/Program.cs')?.id).toBe('app');
    expect(ownerOf(nested, 'apple/Program.cs')?.id).toBe('top');
    expect(ownerOf(graph, 'README.md')).toBeUndefined();
  });

  it('has waves of projects that need none of each other', () => {
    expect(wavesOf(graph).map(ids)).toEqual([['core', 'lone'], ['app', 'tool'], ['app.tests']]);
    expect(wavesOf({ projects: [], shared: [] })).toEqual([]);
  });

  it('finds the chain that takes longest', () => {
    const longest = criticalPath(graph, ({ id }) => (id === 'lone' ? 2 : 1));

    expect([ids(longest.path), longest.seconds]).toEqual([['core', 'app', 'app.tests'], 3]);
    expect(ids(criticalPath(graph, ({ id }) => (id === 'lone' ? 9 : 1)).path)).toEqual(['lone']);
  });

  it('is put in order, and names the projects that wait for each other', () => {
    expect(ids(inOrder([project('b', 'a'), project('a', 'elsewhere')]).projects)).toEqual(['a', 'b']);
    expect(inOrder([project('x', 'a'), project('a', 'b'), project('b', 'a')]).cycle).toEqual(['a', 'b', 'a']);
  });
});
