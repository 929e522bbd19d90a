/**
 * A generated project that does things with exactly these projects, in this order, in one start of the tool: one start for
 * each project would take seconds of every one. It lies outside of the checkout, where nothing puts files around it.
 */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Project, ProjectGraph } from '../../graph/project-graph.ts';
import { wavesOf } from '../../graph/project-graph.ts';
import type { Ground } from '../toolchain.ts';

export interface Traversal {
  readonly graph: ProjectGraph;
  readonly build: readonly string[];
  readonly test: readonly TestedProject[];
  readonly pack: readonly string[];
  readonly runtime: string | undefined;
  /** Those that are made for that one; the others are for any. */
  readonly ofRuntime: ReadonlySet<string>;
}

interface TestedProject {
  readonly id: string;
  readonly measuresCoverage: boolean;
}

type Site = Pick<Ground, 'source' | 'reports'>;

const NAME = 'gityard.proj';

/** Answers its path. */
export async function writeTraversal(site: Site, traversal: Traversal): Promise<string> {
  return writeAnew(join(site.reports, NAME), traversalText(site, traversal));
}

/** A solution of just these, since a restore wants to see all that it restores at once. */
export async function writePartialSolution({ source, reports }: Site, ids: readonly string[]): Promise<string> {
  const lines = ids.map((id) => `  <Project Path="${attribute(join(source, id))}" />`);
  return writeAnew(join(reports, 'gityard.slnx'), `<Solution>\n${lines.join('\n')}\n</Solution>\n`);
}

/** The folder may have been used before, by a build that put a link there. */
async function writeAnew(path: string, text: string): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await rm(path, { recursive: true, force: true });
  await writeFile(path, text, { flag: 'wx' });
  return path;
}

function traversalText(site: Site, traversal: Traversal): string {
  const { graph, build, test, pack } = traversal;
  const item = itemsOf(site, traversal);
  const wanted = new Set(build);
  const waves = wavesOf({ projects: graph.projects.filter((it) => wanted.has(it.id)), shared: [] });
  const names = new Map(graph.projects.map((it) => [it.id, it.name]));
  const targets = [
    target(
      'Build',
      waves.map((wave) => call('Build', wave.map(item))),
    ),
    // Tests of one project that fail are no reason not to run those of the others.
    target('VSTest', [
      call(
        'VSTest',
        test.map((it) => tested(site, { ...it, name: names.get(it.id) ?? 'tests', item: item(it) })),
      ),
    ]),
    target('Pack', [
      call(
        'Pack',
        pack.map((id) => item({ id })),
      ),
    ]),
  ];
  return `<Project>\n${targets.join('')}</Project>\n`;
}

interface Item {
  readonly path: string;
  readonly properties: readonly string[];
}

type Named = Pick<Project, 'id'>;

function itemsOf({ source }: Site, { runtime, ofRuntime }: Traversal): (project: Named) => Item {
  return ({ id }) => ({
    path: join(source, id),
    properties: runtime !== undefined && ofRuntime.has(id) ? [`RuntimeIdentifier=${runtime}`] : [],
  });
}

interface Tested extends TestedProject {
  readonly name: string;
  readonly item: Item;
}

/** Each in a folder of its own: their names hold the time, and two that end in the same second would share one. */
function tested({ reports }: Site, { measuresCoverage, name, item }: Tested): Item {
  const coverage = measuresCoverage ? ['VSTestCollect=XPlat Code Coverage'] : [];
  return {
    ...item,
    properties: [...item.properties, `VSTestResultsDirectory=${value(join(reports, name))}`, ...coverage],
  };
}

function target(name: string, calls: readonly string[]): string {
  return `  <Target Name="${name}">\n${calls.join('')}  </Target>\n`;
}

function call(name: string, items: readonly Item[]): string {
  if (items.length === 0) return '';
  const group = `${name}Now`;
  const lines = items.map(({ path, properties }) => {
    const more = properties.length === 0 ? '' : ` AdditionalProperties="${attribute(properties.join(';'))}"`;
    return `      <${group} Include="${attribute(value(path))}"${more} />\n`;
  });
  return [
    `    <ItemGroup>\n      <${group} Remove="@(${group})" />\n${lines.join('')}    </ItemGroup>\n`,
    `    <MSBuild Projects="@(${group})" Targets="${name}" BuildInParallel="true" />\n`,
  ].join('');
}

/** Characters that mean something to MSBuild. */
const value = (text: string): string =>
  text.replaceAll(/[%*?@$();']/g, (it) => `%${it.charCodeAt(0).toString(16).padStart(2, '0')}`);

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
