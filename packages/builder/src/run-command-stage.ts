/**
 * One stage of a build that is made of commands: Restore, Build, Test or Package. Runs them one after the other, takes from
 * their output and their reports what it tells, and says of one that failed what went wrong in words that a person can act on.
 */
import type { BuildContext } from './build-context.ts';
import { BuildError } from './build-error.ts';
import type { Project } from './graph/project-graph.ts';
import { keepPackages } from './packages/package-cache.ts';
import type { Itinerary } from './plan-build.ts';
import { overlooked, whyHeeded } from './reports/overlook.ts';
import { tellUnread, totalsText } from './reports/stage-message.ts';
import { takeReports } from './reports/take-reports.ts';
import { runStep } from './run-step.ts';
import { inStage } from './stages/in-stage.ts';
import { saysNetworkTrouble } from './stages/network-trouble.ts';
import type { OutputReader } from './stages/output-reader.ts';
import { stageReaders } from './stages/stage-readers.ts';
import { toldTests, withKnown } from './strategies/told-tests.ts';
import { COMMAND_STAGES, type CommandStage, type Plan, type Step } from './toolchains/toolchain.ts';

export async function timedStage(build: BuildContext, stage: CommandStage, itinerary: Itinerary): Promise<void> {
  if (stage === 'Check' && !itinerary.plan.steps.Check?.length) return;
  const startedAt = performance.now();
  await commandStage(build, stage, itinerary);
  // What was not asked for is still to be done by whoever goes on here.
  if (isBeyond(build.request, stage)) return;
  const seconds = (performance.now() - startedAt) / 1000;
  const ran = build.stages.list().some((it) => it.name === stage && it.status === 'Succeeded');
  await itinerary.course.after(stage, { seconds, ran, tests: build.found.tests });
}

interface Run {
  /** Null: all that are tested. */
  readonly project: Project | null;
  readonly steps: readonly Step[];
}

async function commandStage(build: BuildContext, stage: CommandStage, itinerary: Itinerary): Promise<void> {
  if (isBeyond(build.request, stage)) return build.stages.end(stage, 'Skipped', 'not asked for');
  const { plan } = itinerary;
  const planned = runsOf(stage, itinerary);
  const opening = planned.flatMap(({ steps }) => steps)[0]?.progress;
  if (opening === undefined)
    return build.stages.end(stage, 'Skipped', itinerary.course.isDone ? 'nothing changed' : null);
  const openReader = await stageReaders(build, plan);
  const runs = planned.map((run) => ({ ...run, reader: openReader() }));
  const tail = () => runs.map(({ reader }) => reader.tail()).join('\n');
  await inStage(build, { stage, opening }, async () => {
    try {
      await runAll(build, { stage, itinerary, runs });
    } catch (error) {
      build.found.firstErrors = runs.flatMap(({ reader }) => reader.firstErrors());
      throw withCodes(await explained(build, { stage, plan, tail: tail(), error }), codesIn(runs, 'error'));
    }
    if (stage === 'Restore') await keepPackages(build);
    if (stage === testingStage(plan)) await takeReports(build, plan, tail());
    for (const trouble of runs.flatMap(({ reader }) => reader.trouble() ?? [])) build.note('warning', trouble);
    const told = stage === testingStage(plan) ? testsIn(build, { stage, itinerary }) : [];
    // A test prints what looks like a warning as well: of a stage of tests they are what counts.
    const codes = stage === 'Test' && told.length > 0 ? null : codesIn(runs);
    return [...told, overlookedIn(build, stage), codes].filter((it) => it !== null).join('; ') || null;
  });
}

interface Runs {
  readonly stage: CommandStage;
  readonly itinerary: Itinerary;
  readonly runs: readonly (Run & { readonly reader: OutputReader })[];
}

/** Where projects are tested one by one, one that fails is no reason not to hear about the others. */
async function runAll(build: BuildContext, { stage, itinerary, runs }: Runs): Promise<void> {
  const { plan, course } = itinerary;
  const failures: BuildError[] = [];
  for (const { project, steps, reader } of runs) {
    const since = new Date();
    try {
      for (const step of steps) await stepOf(build, { stage, step, plan, reader });
      if (project)
        await course.afterTests(project.id, await toldTests(build, { project, plan, since, output: reader.tail() }));
    } catch (error) {
      if (!project || !(error instanceof BuildError) || error.code !== 'code') throw error;
      failures.push(error);
    }
  }
  if (failures[0]) throw failures[0];
}

function codesIn(runs: Runs['runs'], level?: 'error'): string | null {
  return runs.flatMap(({ reader }) => reader.codes.text(level) ?? []).join(', ') || null;
}

function runsOf(stage: CommandStage, { plan, testRuns }: Itinerary): readonly Run[] {
  return stage === 'Test' && testRuns ? testRuns : [{ project: null, steps: plan.steps[stage] ?? [] }];
}

const isBeyond = ({ until = 'Package' }: BuildContext['request'], stage: CommandStage): boolean =>
  COMMAND_STAGES.indexOf(stage) > COMMAND_STAGES.indexOf(until);

/** A command that a job or a recipe brings may test in its only stage. */
const testingStage = ({ steps }: Plan): CommandStage => (steps.Test?.length ? 'Test' : 'Build');

interface PlannedStep {
  readonly stage: CommandStage;
  readonly step: Step;
  readonly plan: Plan;
  readonly reader: OutputReader;
}

async function stepOf(build: BuildContext, { stage, step, plan, reader }: PlannedStep): Promise<void> {
  try {
    await runStep(build, { stage, step, environment: plan.environment, reader });
  } catch (error) {
    const names = stage === 'Test' ? await overlooked(build, { plan, step, output: reader.tail(), error }) : null;
    if (names === null) throw error;
    build.found.overlooked = [...new Set([...build.found.overlooked, ...names])];
  }
}

/** Its tests failed, and the build goes on; whoever looks at the stage is told why. */
function overlookedIn({ found, stages, note }: BuildContext, stage: CommandStage): string | null {
  if (stage !== 'Test' || found.overlooked.length === 0) return null;
  const text = `in quarantine, and failed: ${found.overlooked.join(', ')}`;
  note('warning', text);
  stages.count(stage, { warnings: 1, errors: 0 });
  const flakyTests = [...new Set([...found.overlooked, ...found.findings.flakyTests])].slice(0, 20);
  found.findings = { ...found.findings, flakyTests };
  return text;
}

function testsIn(build: BuildContext, { stage, itinerary }: Pick<Runs, 'stage' | 'itinerary'>): readonly string[] {
  const totals = totalsText(withKnown(build.found.tests, itinerary.course.knownTests));
  return [totals, tellUnread(build, stage)].filter((it) => it !== null);
}

interface Failure {
  readonly stage: CommandStage;
  readonly plan: Plan;
  readonly tail: string;
  readonly error: unknown;
}

/** What the output tells beyond an exit code: that the network was to blame, or how many tests failed. */
async function explained(build: BuildContext, { stage, plan, tail, error }: Failure): Promise<unknown> {
  if (!(error instanceof BuildError) || error.code !== 'code') return error;
  const { exitCode, signal, message } = error;
  const facts = { exitCode, signal, cause: error };
  if (stage === 'Check') return new BuildError('code', `a check failed: ${message}`, facts);
  if (saysNetworkTrouble(stage, tail)) return new BuildError('infrastructure', `the network failed: ${message}`, facts);
  if (stage !== testingStage(plan)) return error;

  const { tests, cases } = await takeReports(build, plan, tail);
  const unread = tellUnread(build, stage);
  const told = unread === null ? message : `${message}; ${unread}`;
  if (!tests || tests.failed === 0) return unread === null ? error : new BuildError('code', told, facts);
  const failed = `${tests.failed} of ${tests.total} tests failed${whyHeeded(build, cases)}`;
  return new BuildError('code', `${failed}: ${told}`, facts);
}

/** What the tools call that which went wrong: the first thing that people search for. */
function withCodes(error: unknown, text: string | null): unknown {
  if (text === null || !(error instanceof BuildError) || error.code !== 'code') return error;
  const { exitCode, signal, message } = error;
  return new BuildError('code', `${message} (${text})`, { exitCode, signal, cause: error });
}
