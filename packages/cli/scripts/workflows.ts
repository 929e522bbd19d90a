/**
 * `npm run workflows`: writes those workflows of this repository that yards have as well, from the same templates. With --check
 * it writes nothing, and fails when one is stale, or when one of them all, or of those that yards get, has something wrong with it.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { fileOf, WORKFLOWS } from '../src/workflows/list.ts';
import { renderWorkflow, type WorkflowSettings } from '../src/workflows/render-workflow.ts';
import { lintWorkflow } from './lint-workflow.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const checking = process.argv.includes('--check');
const refs = { state: 'refs/heads/yard', live: 'refs/heads/yard-live', logs: 'refs/heads/yard-logs' };
const common = { refs, docs: 'docs' };
const problems: string[] = [];

for (const workflow of WORKFLOWS) {
  const written = await renderWorkflow(workflow, { ...common, program: 'package' } satisfies WorkflowSettings);
  await lint(written, `packages/cli/workflows/${workflow.name}.yml, as written`);
  if (workflow.here) await keep(fileOf(workflow), await renderWorkflow(workflow, { ...common, program: 'checkout' }));
}
for (const name of await readdir(`${root}.github/workflows`)) {
  const file = `.github/workflows/${name}`;
  await lint(await readFile(`${root}${file}`, 'utf8'), file);
}
if (problems.length > 0) {
  process.stderr.write(`${problems.join('\n')}\n`);
  process.exitCode = 1;
}

async function lint(text: string, file: string): Promise<void> {
  problems.push(...(await lintWorkflow(text, file)).map((it) => `${file}:${it}`));
}

async function keep(file: string, text: string): Promise<void> {
  const before = await readFile(`${root}${file}`, 'utf8').catch(() => '');
  if (before === text) return;
  if (checking) problems.push(`${file} is stale. Run: npm run workflows`);
  else await writeFile(`${root}${file}`, text);
}
