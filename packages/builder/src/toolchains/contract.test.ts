import { TOOLCHAINS } from '@gityard/domain';
import { solutionFiles } from '@gityard/testing';
import { expect, it } from 'vitest';
import { mavenModules, npmWorkspaces } from '../specs/projects.ts';
import { contractOf, type Member } from '../specs/toolchain-contract.ts';
import { dotnet } from './dotnet/dotnet.ts';
import { toolchains } from './list.ts';
import { make } from './make.ts';
import { maven } from './maven/maven.ts';
import { npm } from './npm/npm.ts';
import { shell } from './shell.ts';

const members: readonly Member[] = [
  {
    rules: dotnet,
    files: { 'app.slnx': '<Solution><Project Path="app/app.csproj" /></Solution>', 'app/app.csproj': '<Project />' },
    many: solutionFiles({ libraries: 4, tested: 2 }),
    parameters: [
      ...['configuration', 'targetFramework', 'platform', 'runtimeIdentifier', 'testFilter', 'solutionPath'],
      'property.Version',
    ],
  },
  { rules: npm, files: { 'package.json': '{"name":"a"}' }, many: npmWorkspaces(), parameters: [] },
  { rules: maven, files: { 'pom.xml': '<project />' }, many: mavenModules(), parameters: ['property.revision'] },
  { rules: make, files: { Makefile: 'all:\n' }, many: null, parameters: ['jobs'] },
  { rules: shell, files: { 'gityard.json': '{}' }, many: null, parameters: [] },
];

it('is kept by every toolchain, and all that a job can name are listed', () => {
  expect(members.map(({ rules }) => rules)).toEqual(toolchains);
  expect(toolchains.map(({ name }) => name).sort()).toEqual([...TOOLCHAINS].sort());
});

for (const member of members) contractOf(member);
