/**
 * The attempt that puts the parts of a split job together: their logs become one log, their outputs come back from the cache
 * as those of any cached build do, and what they found out is added up. Of a canary nothing is built any more.
 */
import { currentAttempt, type Job } from '@gityard/domain';
import type { BuildContext } from '../build-context.ts';
import type { BuildOutcome } from '../contract.ts';
import { canaryReport } from './canary-report.ts';
import { mergeFindings, mergeStages, mergeTests } from './merge-findings.ts';
import type { Parts } from './parts.ts';
import { takeOwnPart } from './take-own-part.ts';

/** True: nothing is left to be built. */
export async function beginWithParts(build: BuildContext): Promise<boolean> {
  const { parts: all } = build.request;
  if (!all) return false;
  const { parts, logOf } = all;
  for (const [at, { job }] of parts.entries()) {
    await build.write(Buffer.from(`${heading(job, `${at + 1} of ${parts.length}`)}\n`));
    for (const chunk of await logOf(job)) await build.write(chunk);
  }
  if (all.kind === 'distributed') return false;
  const { sentence, lines } = canaryReport(parts);
  await build.write(Buffer.from(`${lines.map((it) => `[gityard] ${it}`).join('\n')}\n`));
  build.found.findings = { ...build.found.findings, built: sentence.slice(0, 1000) };
  await takeOwnPart(build, parts);
  build.stages.closeRest('Skipped');
  return true;
}

function heading({ id, part, attempts }: Job, place: string): string {
  const { agent } = attempts.at(-1) ?? { agent: 'nobody' };
  const projects = part?.projects.join(', ') ?? '';
  const what = part?.kind === 'part' ? `part ${place}, wave ${part.wave}` : `${part?.kind}`;
  return `[gityard] ── ${what}: job ${id} on ${agent}${projects === '' ? '' : `: ${projects}`}`;
}

type Summed = Pick<BuildOutcome, 'stages' | 'tests' | 'findings' | 'toolchain' | 'isolation'>;

/** The outcome as if one agent had built it. */
export function putTogether<T extends Summed>(outcome: T, { kind, parts }: Parts): T {
  const jobs = parts.map((it) => it.job);
  if (kind === 'canary') {
    const [canary] = jobs;
    const stages = [...(canary ? (currentAttempt(canary)?.stages ?? []) : [])];
    const { tests = null, isolation = null } = canary?.result ?? {};
    const { toolchain = null } = canary ?? {};
    return { ...outcome, stages, tests, toolchain, isolation: isolation ?? outcome.isolation };
  }
  const findings = mergeFindings(jobs, outcome.findings);
  const agents = new Set(jobs.flatMap((it) => currentAttempt(it)?.agent ?? [])).size;
  const waves = Math.max(0, ...jobs.map((it) => (it.part?.wave ?? 0) + 1));
  const how = `in ${jobs.length} parts and ${waves} waves on ${agents} ${agents === 1 ? 'agent' : 'agents'}`;
  return {
    ...outcome,
    stages: mergeStages(jobs, outcome.stages),
    tests: mergeTests(jobs, outcome.tests),
    findings: {
      ...findings,
      built: [how, findings.built]
        .filter((it) => it !== null)
        .join('; ')
        .slice(0, 1000),
    },
  };
}
