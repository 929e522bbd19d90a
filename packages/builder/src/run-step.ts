/**
 * Runs one command of a build in its checkout: output into the log and the counts, the end into the record. A command
 * that did not succeed ends the build with a reason that a person can act on.
 */

import { existsSync } from 'node:fs';
import { shellWord } from '@gityard/domain';
import type { BuildContext } from './build-context.ts';
import { BuildError } from './build-error.ts';
import { environmentOf, markerOf } from './environment.ts';
import { startOf } from './process/proc.ts';
import { type ProcessEnd, runProcess } from './process/run-process.ts';
import { whyOneString } from './recipe/one-string.ts';
import { networkFor, networkOf } from './sandbox/network-for.ts';
import { whyNoSpace } from './sandbox/why-no-space.ts';
import { secretsFor } from './secrets/stage-secrets.ts';
import type { OutputReader } from './stages/output-reader.ts';
import type { CommandStage, Step } from './toolchains/toolchain.ts';

const GRACE_MS = 10_000;

export interface StepRun {
  readonly stage: CommandStage;
  readonly step: Step;
  readonly environment: Readonly<Record<string, string>>;
  readonly reader: OutputReader;
  /** Sees what the command says as its answer, without its complaints. */
  onAnswer?(chunk: Buffer): void;
}

export async function runStep(
  build: BuildContext,
  { stage, step, environment, reader, onAnswer }: StepRun,
): Promise<void> {
  build.progress(step.progress);
  build.note('info', `${stage}: ${shown(step)}`);
  await build.write(Buffer.from(`[gityard] ${stage}: ${shown(step)}\n`));

  build.stop.heard();
  build.found.environment = environment;
  const extra = { ...environment, ...secretsFor(build, stage) };
  const output = build.redaction.openOutput(async (shown, from) => {
    if (from === 'stdout') onAnswer?.(shown);
    build.stages.count(stage, reader.read(shown));
    const line = reader.lastLine();
    if (line) build.progress(line);
    await build.write(shown);
  });
  const end = await runProcess({
    ...(await processOptions(build, { stage, argv: step.argv, extra })),
    onOutput(chunk, from) {
      build.stop.heard();
      return output.write(chunk, from);
    },
  });
  await output.end();
  await build.flush();
  build.stop.unheard();
  const { exitCode, signal, durationMs } = end;
  build.commands.push({ stage, argv: step.argv, exitCode, signal, durationMs });
  await tellHeldBack(build, stage);
  build.stop.check();
  const verdict = await build.cell.verdict();
  if (verdict !== null && exitCode !== 0)
    throw new BuildError('code', `${shown(step)} ${verdict}`, { exitCode, signal });
  await checkSpace(build, { step, end, said: reader.tail() });
  judge(build, step, end);
}

const WORTH_TELLING_MS = 1_000;

/** A build that gets less than it wants of the processors is not broken, only slow: whoever wonders reads why. */
async function tellHeldBack(build: BuildContext, stage: CommandStage): Promise<void> {
  const heldBackMs = (await build.cell.heldBackMs?.()) ?? 0;
  if (heldBackMs < WORTH_TELLING_MS) return;
  const text = `${stage} was held back for ${Math.round(heldBackMs / 1000)} s by its limit of cores`;
  build.note('info', text);
  await build.write(Buffer.from(`[gityard] ${text}\n`));
}

async function checkSpace(
  { folders }: BuildContext,
  { step, end: { exitCode, signal }, said }: { step: Step; end: ProcessEnd; said: string },
): Promise<void> {
  // One that ended well has helped itself.
  if (exitCode === 0) return;
  const found = await whyNoSpace(said, folders.workspace).catch(() => null);
  if (found) throw new BuildError(found.cause, `${shown(step)} ${found.text}`, { exitCode, signal });
}

export interface Command {
  readonly stage: CommandStage;
  readonly argv: readonly string[];
  readonly extra: Readonly<Record<string, string>>;
}

/** Everything of a build runs in the same folder and cell, with the same environment and under the same stop. */
export async function processOptions(
  { request, folders, found, stop, cell }: BuildContext,
  { stage, argv, extra }: Command,
) {
  const environment = { ...environmentOf(request, folders, found), ...extra };
  const network = networkOf(request.policy, found.recipe.network);
  const program = { argv, folder: folders.source, environment };
  const confined = await cell.confine(program, { stage, network: networkFor(network, stage) });
  return {
    ...confined,
    stop: stop.signal,
    graceMs: request.graceMs ?? GRACE_MS,
    marker: markerOf(folders),
    onStart(id: number) {
      confined.onStart?.(id);
      request.onProcess?.({ group: id, started: startOf(id) });
    },
  };
}

function judge({ folders }: BuildContext, step: Step, { exitCode, signal, failure }: ProcessEnd): void {
  const line = shown(step);
  if (failure) throw notStarted(step.argv, failure, folders.source);
  if (exitCode === 0) return;
  if (signal === 'SIGKILL') {
    // We did not send it, so somebody else did; on a build server that is nearly always the kernel, out of memory.
    throw new BuildError('infrastructure', `${line} was killed by SIGKILL; the machine may have run out of memory`, {
      signal,
    });
  }
  if (signal) throw new BuildError('code', `${line} was ended by ${signal}`, { signal });
  const hint =
    exitCode === 137 ? ' (a program in it was killed by SIGKILL; the machine may have run out of memory)' : '';
  throw new BuildError('code', `${line} ended with exit code ${exitCode}${hint}`, { exitCode });
}

function notStarted(argv: readonly string[], failure: NodeJS.ErrnoException, folder: string): BuildError {
  const [program = ''] = argv;
  if (failure.code !== 'ENOENT')
    return new BuildError('code', `${commandLine(argv)} could not be started: ${failure.message}`, { exitCode: 126 });
  if (!existsSync(folder)) return new BuildError('code', 'the build removed its own workspace', { cause: failure });
  const oneString = whyOneString(program);
  if (oneString !== null) return new BuildError('code', `no program has that name: ${oneString}`, { exitCode: 127 });
  // A path names something that the repository should hold; a bare name is a tool that the machine should have.
  if (/[/\\]/.test(program))
    return new BuildError('code', `${program} does not exist in the workspace`, { exitCode: 127 });
  return new BuildError(
    'infrastructure',
    `${program} is not installed on this agent; install it, or let the job require ${program}`,
    { exitCode: 127 },
  );
}

const shown = ({ argv, shownAs }: Step): string => shownAs ?? commandLine(argv);

/** For eyes only: quoted like a shell would want it, and never given to one. */
export function commandLine(argv: readonly string[]): string {
  const line = argv.map(shellWord).join(' ');
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
