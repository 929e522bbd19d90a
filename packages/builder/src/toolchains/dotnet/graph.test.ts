import { solutionFiles } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import type { ProjectGraph } from '../../graph/project-graph.ts';
import { groundOf } from '../../specs/ground.ts';
import type { Files } from '../../specs/world.ts';
import { dotnet } from './dotnet.ts';

const graphOf = async (files: Files): Promise<ProjectGraph | null | undefined> => dotnet.graph?.(await groundOf(files));

const solution = (...paths: string[]) =>
  `<Solution>${paths.map((it) => `<Project Path="${it}" />`).join('')}</Solution>`;
const project = (...includes: string[]) =>
  `<Project Sdk="Microsoft.NET.Sdk"><ItemGroup>${includes.map((it) => `<ProjectReference Include="${it}" />`).join('')}</ItemGroup></Project>`;

describe('the graph of a solution', () => {
  it('holds projects by their paths, what they need, and what lies around them', async () => {
    const graph = await graphOf({
      ...solutionFiles({ libraries: 3, tested: 1 }),
      'src/Directory.Build.props': '<Project />',
      'src/Lib02/packages.lock.json': '{}',
    });

    expect(graph?.shared).toEqual(['Directory.Build.props']);
    expect(graph?.projects.map(({ id }) => id)).toEqual([
      'src/Lib01/Lib01.csproj',
      'src/Lib02/Lib02.csproj',
      'src/Lib03/Lib03.csproj',
      'tests/Lib03.Tests/Lib03.Tests.csproj',
    ]);
    expect(graph?.projects[1]).toEqual({
      id: 'src/Lib02/Lib02.csproj',
      name: 'Lib02',
      folder: 'src/Lib02',
      needs: ['src/Lib01/Lib01.csproj'],
      outputs: ['src/Lib02/bin', 'src/Lib02/obj'],
      isTest: false,
      lockFiles: ['src/Lib02/packages.lock.json'],
      extraInputs: ['src/Directory.Build.props'],
    });
  });

  it('follows references out of the solution, backslashes, and properties that the files set', async () => {
    const graph = await graphOf({
      'all.sln': 'Project("{9A19}") = "a", "a\\a.csproj", "{1}"\nEndProject\n',
      'a/a.csproj': project('..\\b\\b.csproj', '$(Libs)/c/c.csproj'),
      'Directory.Build.props':
        '<Project><PropertyGroup><Libs>$(MSBuildThisFileDirectory)libs</Libs></PropertyGroup></Project>',
      'b/b.csproj': project(),
      'libs/c/c.csproj': project(),
    });

    expect(graph?.projects.find(({ id }) => id === 'a/a.csproj')?.needs).toEqual(['b/b.csproj', 'libs/c/c.csproj']);
  });

  it('names a circle, and what is referred to and not there', async () => {
    const circle = {
      'x.slnx': solution('a/a.csproj'),
      'a/a.csproj': project('../b/b.csproj'),
      'b/b.csproj': project('../a/a.csproj'),
    };

    await expect(graphOf(circle)).rejects.toMatchObject({
      code: 'code',
      message: 'projects refer to each other in a circle: a/a.csproj → b/b.csproj → a/a.csproj',
    });
    await expect(graphOf({ 'a.csproj': project('gone/gone.csproj') })).rejects.toThrow(
      'a.csproj refers to the project gone/gone.csproj, which does not exist',
    );
    await expect(graphOf({ 'a.csproj': project('../../x.csproj') })).rejects.toThrow('outside of the repository');
    await expect(graphOf({ 'x.slnx': solution('a/a.csproj') })).rejects.toThrow('x.slnx lists a/a.csproj');
  });

  it.each([
    ['a reference by a pattern', { 'a.csproj': project('libs/**/*.csproj') }],
    ['a property that only MSBuild knows', { 'a.csproj': project('$(Where)/b.csproj') }],
    ['outputs elsewhere', { 'a.csproj': '<Project><PropertyGroup><OutDir>../out</OutDir></PropertyGroup></Project>' }],
    ['a file that is imported', { 'a.csproj': '<Project><Import Project="more.targets" /></Project>' }],
    ['a project of another kind', { 'x.slnx': solution('a.vcxproj'), 'a.vcxproj': '<Project />' }],
  ])('makes one whole of what cannot be known: %s', async (_, files) => {
    expect(await graphOf(files)).toBeNull();
  });
});

describe('the SDK', () => {
  it('is told as missing, with what is there, when global.json asks for another one', async () => {
    const output = 'Requested SDK version: 99.0.100\nglobal.json file: /x\n\nInstalled SDKs:\n10.0.401 [/usr/sdk]\n';
    const ground = await groundOf({ 'a.csproj': project() }, { probe: async () => ({ exitCode: 155, output }) });

    await expect(dotnet.plan(ground)).rejects.toMatchObject({
      code: 'infrastructure',
      message: expect.stringContaining('global.json asks for .NET SDK 99.0.100, and this agent has 10.0.401'),
    });
  });

  it('must be as new as what projects are made for', async () => {
    const files = {
      'a.csproj': '<Project><PropertyGroup><TargetFramework>net11.0</TargetFramework></PropertyGroup></Project>',
    };
    const ground = await groundOf(files, { probe: async () => ({ exitCode: 0, output: '10.0.401\n' }) });

    await expect(dotnet.plan(ground)).rejects.toThrow(
      'a.csproj is made for .NET 11, and the SDK of this agent is 10.0.401',
    );
    expect(await dotnet.inputs?.(ground)).toEqual({ sdk: '10.0.401', options: '--configuration Release' });
  });
});
