/** Runs a job on this machine with the same builder as an agent: no queue, no lease, no result in the yard. */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sandboxFor, secretSources } from '@gityard/agent';
import { type BuildOutcome, COMMAND_STAGES, type CommandStage, closeInherited, runJob } from '@gityard/builder';
import { type Job, STRATEGIES, Table, TOOLCHAINS } from '@gityard/domain';
import { type Answer, answer, defineCommand } from '../command.ts';
import type { Context } from '../context.ts';
import { flag, list, oneOf, option, optionalArgument, pairs, rest } from '../parameters.ts';
import { localJob } from '../run/local-job.ts';
import { localSecrets } from '../run/local-secrets.ts';
import { showOutput } from '../run/show-output.ts';
import { homePath } from '../start/user-config.ts';
import { bad, dim, good, line } from '../text/lines.ts';
import { runFolder } from '../yard/failed-workspaces.ts';

const STAGES = COMMAND_STAGES.map((it) => it.toLowerCase());
const DEFAULT_SECONDS = 3_600;
const KEPT_RUNS = 5;

export const command = defineCommand({
  name: 'run',
  summary: 'run a job on this machine, without a queue',
  details:
    'A job of the yard as it was asked for, or the working tree you stand in with what is not committed, or a repository, or a ' +
    'command. The same builder as an agent has; what differs is told: nothing is handed in, the policy of the agent is not asked, ' +
    'secrets are given only with --with-secrets. Exits 0 when it succeeded, 1 when it did not.',
  example: 'gityard run --stage test',
  parameters: {
    id: optionalArgument('id', 'a job of the yard, or the beginning of its id'),
    repo: option('url', 'what to build; else the working tree you stand in'),
    branch: option('name', 'the branch'),
    commit: option('hash', 'the commit; else the newest of the branch'),
    toolchain: oneOf(TOOLCHAINS, 'how to build it; else it is detected'),
    strategy: oneOf(STRATEGIES, 'over what; else as the job says'),
    stage: oneOf(STAGES, 'the last stage that runs'),
    param: pairs('name=value', 'a parameter for the build; may be given more than once'),
    secrets: list('NAME,…', 'secrets that it asks for beside those of the job'),
    withSecrets: flag('give it the secrets that this machine can read'),
    keep: flag('keep its workspace if it fails, for gityard job shell'),
    command: rest('command', 'instead of what the repository says', 'optional'),
  },
  async run(context, { param: parameters, stage, withSecrets, ...wish }) {
    closeInherited();
    const folder = runFolder(context.io);
    const job = await localJob(context, { ...wish, parameters }, join(folder, 'trees'));
    const until = COMMAND_STAGES.find((it) => it.toLowerCase() === stage);
    await forgetOldRuns(folder);
    const outcome = await runHere(context, { job, folder, until, withSecrets });
    context.interruption().throwIfAborted();
    return drawn(job, outcome, join(folder, 'artifacts', job.id, '1'));
  },
});

/** Ids sort by time. */
async function forgetOldRuns(folder: string): Promise<void> {
  for (const kind of ['artifacts', 'logs']) {
    const names = await readdir(join(folder, kind)).catch(() => []);
    const old = names.sort().slice(0, -KEPT_RUNS);
    await Promise.all(old.map((name) => rm(join(folder, kind, name), { recursive: true, force: true })));
  }
}

interface Run {
  readonly job: Job;
  readonly folder: string;
  readonly until: CommandStage | undefined;
  readonly withSecrets: boolean;
}

async function runHere(context: Context, { job, folder, until, withSecrets }: Run): Promise<BuildOutcome> {
  const output = showOutput(context.io);
  let told = '';
  const choice = await sandboxFor({ unsandboxed: true, sandbox: null, image: null });
  const sandbox = choice.ok ? choice.sandbox : undefined;
  context.note(
    `isolation: ${sandbox?.name ?? 'none'}; nothing is handed in; ${withSecrets ? 'with the secrets of this machine' : 'no secrets'}`,
  );
  const outcome = await runJob({
    job,
    token: 1,
    attempt: 1,
    agent: (await context.identity()).id,
    folder,
    // It is his own machine: what gityard.yml asks for he may have.
    policy: {
      repositories: ['*'],
      commands: true,
      networkAtMost: 'always',
      images: ['*'],
      secrets: job.secrets.map(everywhere),
    },
    sandbox,
    until,
    secrets: localSecrets(withSecrets ? await sourcesHere(context, job) : null),
    timeoutSeconds: job.timeoutSeconds ?? DEFAULT_SECONDS,
    silentSeconds: job.silentTimeoutSeconds || undefined,
    signal: context.interruption(),
    onOutput: output.write,
    onProgress({ stages }) {
      const last = stages.findLast((it) => it.status !== 'Pending');
      const now = last ? `${last.name}: ${last.status}${last.message ? `, ${last.message}` : ''}` : '';
      if (now !== told && last?.status !== 'Running') context.note(now);
      told = now;
    },
  });
  output.end();
  return outcome;
}

/** What may be had is for --with-secrets to say. */
const everywhere = (name: string) => ({ name, repositories: ['*'], refs: ['*'] });

/** Those of the yard only where one is known: a run needs none. */
async function sourcesHere(context: Context, { secrets }: Job) {
  const { env } = context.io;
  const home = homePath(env);
  const sealed =
    secrets.length === 0
      ? Table.empty
      : await context.look().then(
          (it) => it.secrets,
          () => Table.empty,
        );
  return secretSources({ home, environment: env, secrets: () => sealed });
}

function drawn(job: Job, outcome: BuildOutcome, folder: string): Answer {
  const { files: _, artifacts, text, findings, tests, exitCode, isolation, testRuns, ...rest } = outcome;
  const listed = artifacts.map(({ file, ...it }) => ({ ...it, file }));
  const result = { exitCode, artifacts: artifacts.length, tests, isolation, text, ...findings };
  const { id, repository, strategy } = job;
  const value = { id, repository, strategy, ...rest, exitCode, isolation, tests, testRuns, artifacts: listed, result };
  return answer(value, () => linesOf(outcome, folder), outcome.status === 'succeeded' ? 0 : 1);
}

function linesOf({ status, reason, stages, artifacts, durationMs }: BuildOutcome, folder: string) {
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  const ran = stages.filter((it) => it.status === 'Succeeded').map((it) => it.name);
  return [
    line(status === 'succeeded' ? good(status) : bad(status), ` in ${seconds} `, dim(ran.join(', '))),
    ...(reason === null ? [] : [line(reason)]),
    ...(artifacts.length === 0 ? [] : [line(`${artifacts.length} artifacts in ${folder}`)]),
  ];
}
