/** Builds of one repository one after the other, and what each of them did, by its log. */
import type { Job } from '@gityard/domain';
import type { BuildOutcome, BuildRequest } from '../contract.ts';
import { runJob } from '../run-job.ts';
import { namesAfter, PARTS, parts } from './parts.ts';
import { type Files, logOf, repository, request, temporaryFolder } from './world.ts';

export interface Did {
  readonly outcome: BuildOutcome;
  readonly status: BuildOutcome['status'];
  readonly reason: string | null;
  readonly built: string | null;
  readonly cache: BuildOutcome['findings']['cache'];
  readonly tests: BuildOutcome['tests'];
  readonly made: readonly string[];
  readonly tested: readonly string[];
  readonly skipped: readonly string[];
  readonly artifacts: readonly string[];
  readonly log: string;
}

export function strategyWorld(given: Partial<Omit<BuildRequest, 'job'>> = {}, files: Files = PARTS) {
  const origin = repository(files);
  const folder = temporaryFolder();
  let token = 0;
  const build = async (job: Partial<Job> = {}, part: Partial<Omit<BuildRequest, 'job'>> = {}): Promise<Did> => {
    token += 1;
    const asked = { id: `b${token}`, repository: origin.path, branch: 'main', ...job };
    return did(await runJob(request({ folder, token, toolchains: [parts], ...given, ...part, job: asked })));
  };
  return { origin, folder, build };
}

/** What its commands made; the bill of materials is made of them by us. */
export const ownArtifacts = ({ artifacts }: BuildOutcome): BuildOutcome['artifacts'] =>
  artifacts.filter(({ path }) => path !== 'sbom.cdx.json');

function did(outcome: BuildOutcome): Did {
  const { status, reason, findings, tests, stages } = outcome;
  const log = logOf(outcome);
  return {
    ...{ outcome, status, reason, tests, log },
    built: findings.built,
    cache: findings.cache,
    made: namesAfter('made', log),
    tested: namesAfter('tested', log),
    skipped: stages.filter((it) => it.status === 'Skipped').map(({ name }) => name),
    artifacts: ownArtifacts(outcome).map(({ path }) => path),
  };
}
