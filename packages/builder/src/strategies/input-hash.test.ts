import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Project, ProjectGraph } from '../graph/project-graph.ts';
import type { Tree } from '../source/tree.ts';
import { explainMiss } from './explain-miss.ts';
import { keyedProjects } from './input-hash.ts';

const project = (name: string, needs: string[] = []): Project => ({
  id: name,
  name,
  folder: name,
  needs,
  outputs: [`${name}/bin`],
  isTest: false,
  lockFiles: ['packages.lock.json'],
});

const graph: ProjectGraph = {
  projects: [project('core'), project('text'), project('app', ['core'])],
  shared: ['Directory.Build.props', 'gityard.yml'],
};
const FILES = {
  'core/a.cs': '1',
  'core/b.cs': '2',
  'text/c.cs': '3',
  'app/d.cs': '4',
  'Directory.Build.props': '5',
  'packages.lock.json': '6',
  'README.md': '7',
};
const BASIS = { 'tool sdk': '10.0.100', platform: 'linux x64' };

const treeOf = (files: Record<string, string>, mode = '100644'): Tree =>
  new Map(Object.entries(files).map(([path, blob]) => [path, { mode, blob }]));
const keyed = (files: Record<string, string> = FILES, basis: Record<string, string> = BASIS) =>
  keyedProjects({ graph, tree: treeOf(files), basis });
const changedBy = (files: Record<string, string>, basis = BASIS) => {
  const before = keyed();
  return keyed(files, basis)
    .filter(({ key }, index) => key !== before[index]?.key)
    .map(({ project: { id } }) => id);
};

describe('input-hash', () => {
  it.each([
    ['a source of a project that others need', { 'core/a.cs': 'x' }, ['core', 'app']],
    ['a source of a project that nobody needs', { 'app/d.cs': 'x' }, ['app']],
    ['a new source', { 'text/new.cs': 'x' }, ['text']],
    ['a file that all share', { 'Directory.Build.props': 'x' }, ['core', 'text', 'app']],
    ['a lock file', { 'packages.lock.json': 'x' }, ['core', 'text', 'app']],
    ['a recipe that comes', { 'gityard.yml': 'x' }, ['core', 'text', 'app']],
    ['what nobody owns', { 'README.md': 'x' }, []],
  ])('is another one after a change of %s', (_, change, ids) => {
    expect(changedBy({ ...FILES, ...change })).toEqual(ids);
  });

  it('is another one with another tool, and for a file that can be run now', () => {
    expect(changedBy(FILES, { ...BASIS, 'tool sdk': '10.0.200' })).toEqual(['core', 'text', 'app']);
    const executable = keyedProjects({ graph, tree: treeOf(FILES, '100755'), basis: BASIS });
    expect(executable[0]?.key).not.toBe(keyed()[0]?.key);
  });

  it('names the project, its configuration and its inputs in the key', () => {
    expect(keyed()[0]?.key).toMatch(/^core:[0-9a-f]{16}:[0-9a-f]{64}$/);
  });

  it('does not depend on the order in which files are listed', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(Object.entries(FILES), { minLength: 7 }), (entries) => {
        expect(keyed(Object.fromEntries(entries)).map(({ key }) => key)).toEqual(keyed().map(({ key }) => key));
      }),
      { numRuns: 50 },
    );
  });

  it('stays small for a project of many files', () => {
    const many = Object.fromEntries(Array.from({ length: 5_000 }, (_, at) => [`core/f${at % 7}/${at}.cs`, String(at)]));
    const one = keyed({ ...FILES, ...many })[0];
    const other = keyed({ ...FILES, ...many, 'core/f3/10.cs': 'x' })[0];

    expect(Object.keys(one?.inputs ?? {}).length).toBeLessThan(30);
    expect(explainMiss(other?.inputs ?? {}, one?.inputs)).toBe('folder core/f3 changed');
  });
});

describe('explain-miss', () => {
  const inputs = (files: Record<string, string>, id: string, basis = BASIS) =>
    keyed(files, basis).find(({ project: it }) => it.id === id)?.inputs ?? {};

  it.each([
    ['core', { 'core/a.cs': 'x' }, 'source core/a.cs changed'],
    ['app', { 'core/a.cs': 'x' }, 'dependency core changed'],
    ['core', { 'core/a.cs': 'x', 'core/b.cs': 'y' }, 'source core/a.cs changed and 1 more'],
    ['core', { 'core/new.cs': 'x' }, 'source core/new.cs is new'],
  ])('tells what changed of %s: %j', (id, change, text) => {
    expect(explainMiss(inputs({ ...FILES, ...change }, id), inputs(FILES, id))).toBe(text);
  });

  it('tells of a tool, of a first build and of an entry that is gone', () => {
    const now = inputs(FILES, 'core');

    expect(explainMiss(inputs(FILES, 'core', { ...BASIS, 'tool sdk': '11' }), now)).toBe('tool sdk changed');
    expect(explainMiss(now, undefined)).toBe('no entry yet');
    expect(explainMiss(now, now)).toBe('its entry has expired, or is damaged');
  });
});
