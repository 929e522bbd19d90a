/**
 * A toolchain for specs of strategies: parts with a graph, outputs and tests of their own, built by nothing but `sh`, so that a
 * build takes milliseconds. What it does is what real ones do: exactly the projects of its scope, and no others.
 *
 *     core ◀── app        text ◀── site        core and app have tests
 */
import { inOrder, type Project, type ProjectGraph } from '../graph/project-graph.ts';
import { type Ground, NOTHING_PLANNED, type Plan, type Step, type ToolchainRules } from '../toolchains/toolchain.ts';
import { readText } from '../workspace-files.ts';
import type { Files } from './world.ts';

const NEEDS: Readonly<Record<string, readonly string[]>> = { core: [], text: [], app: ['core'], site: ['text'] };
const TESTED = ['core', 'app'];

export const PARTS: Files = {
  'parts.txt': Object.entries(NEEDS)
    .map(([name, needs]) => [name, ...needs].join(' '))
    .join('\n'),
  'shared.txt': '1\n',
  'README.md': 'nothing that is built\n',
  ...Object.fromEntries(
    Object.keys(NEEDS).flatMap((name) => [
      [`${name}/source.txt`, `${name}\n`],
      [`${name}/packages.lock.json`, '{}\n'],
    ]),
  ),
};

export const parts: ToolchainRules = {
  name: 'npm',
  recognises: (names) => names.includes('parts.txt'),
  graph: graphOf,
  inputs: async ({ parameters }) => ({ sh: parameters.sh ?? '1' }),
  async plan(ground) {
    const graph = ground.scope?.graph ?? (await graphOf(ground));
    const all = graph.projects.map(({ id }) => id);
    const { build, test, pack = build, restore } = ground.scope ?? { build: all, test: TESTED, restore: true };
    const byId = new Map(graph.projects.map((it) => [it.id, it]));
    const stepsOf = (ids: readonly string[], make: (project: Project) => string) =>
      ids.flatMap((id) => byId.get(id) ?? []).map((it) => step(make(it)));
    const steps: Plan['steps'] = {
      Restore: restore ? [step('echo restored; mkdir -p restored')] : [],
      Build: stepsOf(build, buildOf),
      Test: stepsOf(
        test.filter((id) => TESTED.includes(id)),
        (it) => testOf(it, ground),
      ),
      Package: ground.parameters.createPackages ? stepsOf(pack, packOf) : [],
    };
    return { ...NOTHING_PLANNED, steps, collect: ['*/dist/*.zip'] };
  },
};

async function graphOf({ source }: Ground): Promise<ProjectGraph> {
  const rows = ((await readText(source, 'parts.txt')) ?? '').trim().split('\n');
  const projects = rows.map((row) => {
    const [id = '', ...needs] = row.split(' ');
    const lockFiles = [`${id}/packages.lock.json`];
    return { id, name: id, folder: id, needs, outputs: [`${id}/dist`], isTest: TESTED.includes(id), lockFiles };
  });
  return { projects: inOrder(projects).projects, shared: ['shared.txt', 'parts.txt'] };
}

const buildOf = ({ id, needs }: Project) =>
  `echo made ${id}; test -d restored && mkdir -p ${id}/dist && cat ${id}/source.txt ${needs.map((it) => `${it}/dist/out.txt`).join(' ')} > ${id}/dist/out.txt && cp ${id}/source.txt ${id}/dist/$(head -n 1 ${id}/source.txt).zip`;

/** Fails for a source that is bad, and reports as JUnit does. */
const testOf = ({ id }: Project, { reports }: Ground) =>
  `echo tested ${id}; bad=$(grep -c bad ${id}/dist/out.txt); report=${reports}/${id}.xml; echo '<testsuite tests="1" failures="'$bad'"><testcase name="${id}">' > $report; test $bad = 0 || echo '<failure message="bad"/>' >> $report; echo '</testcase></testsuite>' >> $report; exit $bad`;

const packOf = ({ id }: Project) => `cp ${id}/dist/out.txt "$GITYARD_ARTIFACTS/${id}.pack"`;

const step = (line: string): Step => ({
  argv: ['sh', '-c', line],
  shownAs: line.split(';')[0] ?? '',
  progress: 'Working…',
});

/** Names after a word that a step prints. */
export const namesAfter = (word: string, log: string): readonly string[] =>
  [...log.matchAll(new RegExp(`^${word} (\\w+)$`, 'gm'))].map(([, name = '']) => name);
