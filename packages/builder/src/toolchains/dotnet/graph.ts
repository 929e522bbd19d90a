/**
 * The projects of a solution as a graph by their ProjectReferences. Where the files leave open what depends on what, or where
 * outputs go, there is no graph: such a solution is built as one whole, which is slower and never wrong.
 */
import { posix } from 'node:path';
import { BuildError } from '../../build-error.ts';
import { inOrder, type Project, type ProjectGraph } from '../../graph/project-graph.ts';
import { aboveAndHere, type DotnetProject, type Solution } from './read-solution.ts';

/** What MSBuild, NuGet and the compiler look for in the folders above a project. */
const AROUND =
  /^(Directory\.(Build|Packages|Solution)\.(props|targets|rsp)|global\.json|nuget\.config|\.editorconfig|\.globalconfig|MSBuild\.rsp|stylecop\.json|version\.json)$/i;
/** Properties that move outputs to where we would not look for them. */
const MOVES_OUTPUTS = [
  'OutputPath',
  'BaseOutputPath',
  'OutDir',
  'BaseIntermediateOutputPath',
  'IntermediateOutputPath',
];

export function graphOf(solution: Solution): ProjectGraph | null {
  const { projects, unread, files } = solution;
  for (const project of projects) checkReferences(project, solution);
  const missing = unread.filter((it) => !files.has(it));
  if (missing.length > 0) throw new BuildError('code', `${solution.path} lists ${missing[0]}, which does not exist`);
  if (unread.length > 0 || projects.length === 0 || projects.some(isOpen)) return null;

  const around = [...files].filter((it) => AROUND.test(posix.basename(it)));
  const sorted = inOrder(projects.map((it) => project(it, { around, files })));
  if (sorted.cycle.length > 0) {
    throw new BuildError('code', `projects refer to each other in a circle: ${sorted.cycle.join(' → ')}`);
  }
  return { projects: sorted.projects, shared: around.filter((it) => !it.includes('/')) };
}

/** A reference under a condition may well be to what is not there: that is what such conditions are for. */
function checkReferences({ path, references }: DotnetProject, { files }: Solution): void {
  for (const { path: to, text, isConditional } of references) {
    if (to === null || files.has(to) || isConditional) continue;
    const what = to.startsWith('..') ? 'which lies outside of the repository' : 'which does not exist';
    throw new BuildError('code', `${path} refers to the project ${text}, ${what}`);
  }
}

function isOpen({ references, texts, property }: DotnetProject): boolean {
  const isMoved = MOVES_OUTPUTS.some((it) => !/^(\.[\\/])?(bin|obj)\b/i.test(property(it) ?? 'bin'));
  return isMoved || references.some((it) => it.path === null) || texts.some((it) => it.isOpen);
}

interface Around {
  readonly around: readonly string[];
  readonly files: ReadonlySet<string>;
}

function project(it: DotnetProject, { around, files }: Around): Project {
  const lockFile = posix.join(it.folder, 'packages.lock.json');
  const above = new Set(aboveAndHere(it.folder).filter((folder) => folder !== '' && folder !== it.folder));
  const inherited = around.filter((path) => above.has(posix.dirname(path)));
  const needs = it.references.flatMap(({ path }) =>
    path !== null && path !== it.path && files.has(path) ? [path] : [],
  );
  return {
    id: it.path,
    name: it.name,
    folder: it.folder,
    needs: [...new Set(needs)],
    outputs: outputsOf(it),
    isTest: it.isTest,
    // Without one it is the project itself that says what its packages are.
    lockFiles: [files.has(lockFile) ? lockFile : it.path],
    extraInputs: [...new Set([...inherited, ...it.texts.flatMap(({ linked }) => linked)])],
  };
}

function outputsOf({ folder, name, property }: DotnetProject): readonly string[] {
  if (property('UseArtifactsOutput')?.toLowerCase() === 'true')
    return [`artifacts/bin/${name}`, `artifacts/obj/${name}`];
  return ['bin', 'obj'].map((it) => posix.join(folder, it));
}
