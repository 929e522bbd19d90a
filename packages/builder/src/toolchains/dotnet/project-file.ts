/**
 * What the text of one project file, or of a file that it is put together with, says by itself. Conditions are taken as met and
 * functions are not called: only MSBuild could, by running what the repository brings. What stays open because of that is said
 * to be open, so that nobody builds upon a guess.
 */
import { posix } from 'node:path';
import { type Element, readXmlTree, within } from '../xml-tree.ts';

export interface Reference {
  /** Below the checkout, or with ".." in front; null: only MSBuild knows. */
  readonly path: string | null;
  readonly text: string;
  readonly isConditional: boolean;
}

export interface ProjectText {
  readonly sdk: string;
  readonly references: readonly Reference[];
  /** Ids of NuGet packages. */
  readonly packages: readonly string[];
  /** Files and patterns outside of its own folder. */
  readonly linked: readonly string[];
  /** Lower case name → value, as far as it can be known. */
  readonly properties: ReadonlyMap<string, string>;
  /** Something in it, beyond the lists above, decides what else is read or where outputs go, and cannot be known. */
  readonly isOpen: boolean;
}

export interface Place {
  /** Of the file itself, below the checkout; '' is its top. */
  readonly folder: string;
  /** Of the project that it is read for. */
  readonly project: string;
  /** What was read before it. */
  readonly properties: ReadonlyMap<string, string>;
}

/** Items of files; of others, values with ".." are names and no paths. */
const FILES = /^(Compile|EmbeddedResource|Content|None|AdditionalFiles|Page|Resource|TypeScriptCompile|Protobuf)$/;

export async function readProjectText(text: string, place: Place): Promise<ProjectText | null> {
  const root = await readXmlTree(text);
  if (root?.name !== 'Project') return null;
  const elements = within(root);
  const properties = propertiesOf(elements, place);
  const expanded = (value: string) => expand(value, properties);
  const items = elements.flatMap((it) => includesOf(it).map((include) => ({ element: it, include })));
  const linked = items.filter(({ element }) => FILES.test(element.name)).map(({ include }) => expanded(include));
  return {
    sdk: root.attributes.Sdk ?? '',
    references: items
      .filter(({ element }) => element.name === 'ProjectReference')
      .map((it) => reference(it, place, expanded)),
    packages: items.filter(({ element }) => element.name === 'PackageReference').map(({ include }) => include),
    linked: linked.flatMap((it) => (it === null ? [] : outside(it, place.project))),
    properties,
    isOpen: elements.some((it) => isOpenImport(it, expanded)),
  };
}

interface Item {
  readonly element: Element;
  readonly include: string;
}

function reference({ element, include }: Item, place: Place, expanded: (value: string) => string | null): Reference {
  const value = expanded(include);
  const isPattern = value !== null && /[*?]/.test(value);
  return {
    path: value === null || isPattern ? null : below(value, place.project),
    text: include,
    isConditional: element.attributes.Condition !== undefined,
  };
}

const includesOf = ({ attributes }: Element): readonly string[] =>
  (attributes.Include ?? '')
    .split(';')
    .map((it) => it.trim())
    .filter((it) => it !== '');

/** The folders that MSBuild knows by itself begin with "/", which stands for the top of the checkout. */
function propertiesOf(elements: readonly Element[], { folder, project, properties }: Place): Map<string, string> {
  const known = new Map(properties);
  const here = folder === '' ? '/' : `/${folder}/`;
  known.set('msbuildthisfiledirectory', here);
  known.set('msbuildprojectdirectory', `/${project}`);
  for (const group of elements.filter((it) => it.name === 'PropertyGroup'))
    for (const { name, text } of group.children) {
      // What cannot be known stays as it is written, and whatever is made of it cannot be known either.
      known.set(name.toLowerCase(), (expand(text.trim(), known) ?? text.trim()).slice(0, 10_000));
    }
  return known;
}

/** Null: it holds what cannot be known. Bounded, since values are put together from values. */
function expand(text: string, properties: ReadonlyMap<string, string>): string | null {
  const value = text.replaceAll(/\$\(([\w.-]+)\)/g, (all, name: string) => properties.get(name.toLowerCase()) ?? all);
  return /[$@%]\(/.test(value) || value.length > 10_000 ? null : value;
}

/** Where a path leads that is written in a project of that folder. */
function below(value: string, project: string): string {
  const path = value.replaceAll('\\', '/');
  return posix.normalize(path.startsWith('/') ? path.replace(/^\/+/, '') : posix.join(project, path));
}

function outside(value: string, project: string): readonly string[] {
  const path = below(value, project);
  const isInside = project === '' || path === project || path.startsWith(`${project}/`);
  return isInside || path.startsWith('..') ? [] : [path];
}

/** Imports of an SDK, or of what NuGet brings, are none of the repository's; the usual files above are read anyway. */
function isOpenImport({ name, attributes }: Element, expanded: (value: string) => string | null): boolean {
  if (name !== 'Import' || attributes.Sdk !== undefined) return false;
  const value = attributes.Project ?? '';
  if (/Directory\.(Build|Packages)\.(props|targets)/i.test(value)) return false;
  return expanded(value) === null ? !/^\$\((MSBuild\w*Path|NuGet\w*|Pkg\w*|VSToolsPath)\)/i.test(value) : true;
}
