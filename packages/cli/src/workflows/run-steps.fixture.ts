/**
 * Runs the scripts of a workflow as a host does: each in a shell of its own that ends at the first failure, with the environment of
 * the workflow, of its job and of the step, and files for what steps tell each other. What expressions stand for, the spec says;
 * one that it does not know fails.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseWorkflow } from '../../scripts/lint-workflow.ts';
import { PROGRAM, type Run } from '../program.fixture.ts';

export interface Host {
  /** For what the steps leave behind. */
  readonly folder: string;
  /** Where they run. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** `secrets.GITYARD_TOKEN` → its value. */
  readonly expressions: Readonly<Record<string, string>>;
}

interface Step {
  readonly id?: string;
  readonly name?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
}

export interface StepRun extends Run {
  /** What it wrote to GITHUB_OUTPUT. */
  readonly outputs: string;
  readonly summary: string;
}

/** The step of that name of the only job. */
export async function runStep(text: string, name: string, host: Host): Promise<StepRun> {
  const workflow = parseWorkflow(text);
  const steps = Object.values(workflow.jobs).flatMap((it) => (it.steps ?? []) as readonly Step[]);
  const step = steps.find((it) => it.name === name);
  if (!step?.run) throw new Error(`no step ${name}`);
  const folder = await mkdtemp(join(host.folder, 'step-'));
  const [outputs, summary] = [join(folder, 'outputs'), join(folder, 'summary')];
  for (const file of [outputs, summary]) await writeFile(file, '');
  const script = join(folder, 'step.sh');
  await writeFile(script, step.run);
  const run = await shell(script, host, {
    ...evaluated({ ...workflow.env, ...step.env }, host),
    GITHUB_OUTPUT: outputs,
    GITHUB_STEP_SUMMARY: summary,
  });
  return { ...run, outputs: await readFile(outputs, 'utf8'), summary: await readFile(summary, 'utf8') };
}

/** A folder whose `gityard` is the built program: npm makes that one executable where it is installed, the build does not. */
export async function programFolder(folder: string): Promise<string> {
  const path = join(folder, 'bin');
  await mkdir(path);
  const program = join(path, 'gityard');
  await writeFile(program, `#!/bin/sh\nexec '${process.execPath}' '${PROGRAM}' "$@"\n`, { mode: 0o755 });
  return path;
}

function evaluated(env: Readonly<Record<string, string>>, { expressions }: Host): Record<string, string> {
  const stands = (_: string, expression: string): string => {
    const value = expressions[expression.trim()];
    if (value === undefined) throw new Error(`nobody said what ${expression} is`);
    return value;
  };
  return Object.fromEntries(
    Object.entries(env).map(([name, value]) => [name, value.replace(/\$\{\{(.*?)\}\}/g, stands)]),
  );
}

function shell(script: string, { cwd, env: given }: Host, more: Readonly<Record<string, string>>): Promise<Run> {
  return new Promise((resolve) => {
    const env = { PATH: process.env.PATH, ...given, ...more };
    execFile('bash', ['--noprofile', '--norc', '-eo', 'pipefail', script], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    );
  });
}
