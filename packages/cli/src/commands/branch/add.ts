/** Enters a branch profile, or changes what is said of one. */
import { type BranchWish, branchView, STRATEGIES, TOOLCHAINS } from '@gityard/domain';
import { answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import {
  argument,
  duration,
  list,
  oneOf,
  option,
  optionalChoiceArgument,
  pairs,
  rest,
  texts,
  wholeNumber,
} from '../../parameters.ts';
import { optionalPriorityArgument } from '../../priority.ts';
import { absoluteAddress } from '../../start/address.ts';
import { branchLines } from '../../text/branch-text.ts';
import { act } from '../../yard/act.ts';

export const command = defineCommand({
  name: 'branch add',
  summary: 'enter a branch to be built, or change it',
  details:
    'What is not said stays as it is. With [auto] true each new commit becomes a job; with --schedule one is made at set ' +
    'times. Several profiles may build one branch of a monorepo, each for its own --include.',
  example:
    'gityard branch add main https://git.example.org/acme/app.git 2 true --include "app/**" --schedule "0 2 * * *"',
  acts: true,
  parameters: {
    name: argument('name', 'of the profile, mostly that of the branch'),
    repo: argument('repo', 'the repository; a relative path is meant from where you stand'),
    prio: optionalPriorityArgument,
    auto: optionalChoiceArgument(['true', 'false'], 'whether new commits are built by themselves'),
    branch: option('branch', 'the branch, when the profile has another name'),
    include: texts('glob', 'build new commits only if one of these changed; more than once'),
    exclude: texts('glob', 'what changed here does not count; more than once'),
    supersede: optionalTruth('a new commit cancels jobs for older ones that still wait'),
    schedule: texts('cron', 'build at these times; more than once; "off" takes them away'),
    timeZone: option('zone', 'of the schedules, e.g. Europe/Berlin; else UTC'),
    catchUp: oneOf(['none', 'latest'], 'of runs that were missed while no agent ran'),
    jitter: duration('time', 'start up to so much later, always the same for this profile'),
    scheduleStrategy: oneOf(STRATEGIES, 'of what is built by schedule; else that of the profile'),
    toolchain: oneOf(TOOLCHAINS, 'how to build it; else it is detected'),
    strategy: oneOf(STRATEGIES, 'over what and where'),
    labels: list('a,b', 'labels that the agent must all have'),
    requires: list('dotnet>=8,…', 'what the agent must be able to do'),
    needs: list('name,…', 'profiles whose open job must have succeeded first'),
    group: option('name', 'one job of a group runs at a time'),
    param: pairs('name=value', 'a parameter for the build; may be given more than once'),
    timeout: duration('time', 'how long a build may run'),
    retries: wholeNumber('N', 'more tries after a failure', { maximum: 100 }),
    worktree: option('folder', 'name of its folder for branch worktrees'),
    command: rest('command', 'the command and its arguments', 'optional'),
  },
  run: async (context, args) => {
    const { name, include, exclude, schedule, timeout, auto, supersede } = args;
    const profile: BranchWish = {
      repository: absoluteAddress(args.repo, context.io.cwd),
      branch: args.branch,
      priority: args.prio,
      autoBuild: auto && auto === 'true',
      supersede: supersede && supersede === 'true',
      paths: include.length + exclude.length > 0 ? { include: [...include], exclude: [...exclude] } : undefined,
      schedules: await schedulesOf(schedule, args),
      toolchain: args.toolchain,
      strategy: args.strategy,
      labels: unlessEmpty(args.labels),
      requires: unlessEmpty(args.requires),
      needs: unlessEmpty(args.needs),
      group: args.group,
      parameters: Object.keys(args.param).length > 0 ? { ...args.param } : undefined,
      timeoutSeconds: timeout === undefined ? undefined : timeout / 1000,
      retries: args.retries,
      worktree: args.worktree,
      command: unlessEmpty(args.command),
    };
    const { state } = await context.yard();
    return act(context, 'set-branch', { name, profile }, ({ result }) =>
      answer(branchView(state, result), () => branchLines(branchView(state, result), context.now())),
    );
  },
});

const unlessEmpty = (words: readonly string[]): string[] | undefined => (words.length > 0 ? [...words] : undefined);

function optionalTruth(summary: string) {
  return oneOf(['true', 'false'], summary);
}

interface ScheduleFlags {
  readonly timeZone: string | undefined;
  readonly catchUp: 'none' | 'latest' | undefined;
  readonly jitter: number | undefined;
  readonly scheduleStrategy: (typeof STRATEGIES)[number] | undefined;
}

async function schedulesOf(crons: readonly string[], flags: ScheduleFlags): Promise<BranchWish['schedules']> {
  const { timeZone = 'Etc/UTC', catchUp = 'none', jitter = 0, scheduleStrategy: strategy = null } = flags;
  const isSaid = Object.entries(flags).some(([key, value]) => isScheduleFlag(key) && value !== undefined);
  if (crons.length === 0 && isSaid)
    throw usageError(
      'there is no schedule to which that belongs',
      'give the whole schedule: --schedule "<cron>" as well',
    );
  if (crons.length === 0) return undefined;
  const { nextRun } = await import('@gityard/agent');
  const kept = crons.filter((it) => it !== 'off');
  for (const cron of kept) {
    let next: string | null;
    try {
      next = nextRun({ schedule: cron, timeZone }, new Date().toISOString());
    } catch (error) {
      throw usageError(
        `--schedule ${cron}: ${(error as Error).message}`,
        'write it like "0 2 * * *", with --time-zone',
      );
    }
    if (next === null) throw usageError(`--schedule ${cron} never comes`, 'name a day that there is');
  }
  const jitterSeconds = Math.round(jitter / 1000);
  return kept.map((cron) => ({ cron, timeZone, catchUp, jitterSeconds, strategy, parameters: {} }));
}

const isScheduleFlag = (key: string): boolean => ['timeZone', 'catchUp', 'jitter', 'scheduleStrategy'].includes(key);
