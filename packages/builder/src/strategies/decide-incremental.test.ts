import { describe, expect, it } from 'vitest';
import type { Project, ProjectGraph } from '../graph/project-graph.ts';
import type { KeptRecord } from '../lodging/kept-record.ts';
import { decideIncremental } from './decide-incremental.ts';

const project = (name: string, needs: string[] = [], more: Partial<Project> = {}): Project => ({
  id: `${name}/${name}.csproj`,
  name,
  folder: name,
  needs: needs.map((it) => `${it}/${it}.csproj`),
  outputs: [`${name}/bin`],
  isTest: name.endsWith('Tests'),
  lockFiles: [`${name}/packages.lock.json`],
  ...more,
});

const graph: ProjectGraph = {
  projects: [
    project('core'),
    project('text', [], { extraInputs: ['linked/Shared.cs'] }),
    project('app', ['core']),
    project('coreTests', ['core']),
    project('textTests', ['text']),
  ],
  shared: ['Directory.Build.props'],
};

const record = (part: Partial<KeptRecord> = {}): KeptRecord => ({
  schemaVersion: 1,
  repository: '/srv/app.git',
  branch: 'main',
  job: 'b1',
  commit: 'abcdef0123456789abcdef0123456789abcdef01',
  usedAt: '2025-11-13T10:00:00Z',
  sizeBytes: 1,
  basis: {},
  projects: graph.projects.map(({ id, outputs }) => ({ id, outputs })),
  shared: graph.shared,
  pending: [],
  isRestored: true,
  isFinished: true,
  ...part,
});

const decide = (changed: string[], part: Partial<KeptRecord> = {}) =>
  decideIncremental({ graph, record: record(part), changed });
const names = (ids: readonly string[] = []) => ids.map((id) => id.split('/')[0]);

describe('decide-incremental', () => {
  it('builds what changed and what needs it, and tests only of that', () => {
    const { scope, isDone, built } = decide(['core/Core.cs']);

    expect(names(scope?.build)).toEqual(['core', 'app', 'coreTests']);
    expect(names(scope?.test)).toEqual(['coreTests']);
    expect(scope).toMatchObject({ restore: false, reuse: true });
    expect(isDone).toBe(false);
    expect(built).toBe(
      '1 of 5 projects changed (core); 3 built with their dependents, 2 kept from build b1 of commit abcdef0123',
    );
  });

  it('knows files that are linked from elsewhere', () => {
    expect(names(decide(['linked/Shared.cs']).scope?.build)).toEqual(['text', 'textTests']);
  });

  it.each([
    ['a lock file', 'core/packages.lock.json', true],
    ['a project file', 'core/core.csproj', true],
    ['a source', 'core/Core.cs', false],
  ])('restores after a change of %s: %s → %s', (_, path, restores) => {
    expect(decide([path]).scope?.restore).toBe(restores);
  });

  it('restores again when the build before did not come so far', () => {
    expect(decide(['core/Core.cs'], { isRestored: false, isFinished: false }).scope?.restore).toBe(true);
  });

  it.each([['Directory.Build.props'], ['gone/Directory.Build.props'], ['core/A.cs', 'Directory.Build.props']])(
    'builds everything when %s concerns all',
    (...changed) => {
      const shared = ['Directory.Build.props', 'gone/Directory.Build.props'];

      expect(decide(changed, { shared })).toMatchObject({
        scope: null,
        isDone: false,
        built: expect.stringMatching(/^all 5 projects built, because .*Directory\.Build\.props concerns all of them$/),
      });
    },
  );

  it('builds nothing when nothing changed, and what nobody owns is nothing', () => {
    expect(decide(['README.md'])).toMatchObject({
      scope: { build: [], test: [] },
      isDone: true,
      built: 'nothing changed, so nothing was built: all 5 projects kept from build b1 of commit abcdef0123',
    });
  });

  it('takes up what the build before did not finish', () => {
    const { scope, built } = decide([], { pending: ['text/text.csproj'], isFinished: false });

    expect(names(scope?.build)).toEqual(['text', 'textTests']);
    expect(built).toContain('1 of 5 projects changed (text, 1 of them not built to the end before)');
  });

  it('goes on to the packages when only those were not finished', () => {
    expect(decide([], { isFinished: false })).toMatchObject({ scope: { build: [], test: [] }, isDone: false });
  });

  it('builds a project that was not there before, and restores for it', () => {
    const projects = record().projects.filter(({ id }) => !id.startsWith('app'));

    const { scope } = decide([], { projects });

    expect(names(scope?.build)).toEqual(['app']);
    expect(scope?.restore).toBe(true);
  });
});
