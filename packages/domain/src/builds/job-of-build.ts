/**
 * A build request as the job that it asks for, and what a job says of the request that it could have been. Only what differs
 * from the defaults stands in the parameters, under the names by which toolchains know it, so that a request which says a
 * default and one which says nothing are the same work.
 */
import type { Job } from '../entities/job.ts';
import type { JobRequest } from '../operations/jobs/submit-job.ts';
import { PRIORITY_LEVELS } from '../priority-level.ts';
import { BUILD_DEFAULTS, type PRIORITIES, type ShortBuildRequest } from './build-request.ts';
import { REQUIREMENT_OF, type Target } from './target-pool.ts';

export type BuildPriority = (typeof PRIORITIES)[number];

const MINUTE_SECONDS = 60;
const PROPERTY = 'property.';
const METADATA = 'metadata.';

export function jobOfBuild(request: ShortBuildRequest): JobRequest {
  const { repositoryUrl, gitRef, targetPool, strategy, namespace } = request;
  const { priority = BUILD_DEFAULTS.priority, timeoutMinutes = BUILD_DEFAULTS.timeoutMinutes } = request;
  return {
    repository: repositoryUrl,
    ...revisionIn(gitRef),
    ...(strategy !== undefined && { strategy }),
    ...(namespace !== undefined && { namespace }),
    priority: PRIORITY_LEVELS[priority],
    requires: targetPool === undefined ? [] : [REQUIREMENT_OF[targetPool]],
    timeoutSeconds: timeoutMinutes * MINUTE_SECONDS,
    parameters: parametersOf(request),
  };
}

/** 40 digits are a commit, whatever branch may be called so; a tag is found by its name where no branch has it. */
export function revisionIn(gitRef: string | undefined): { branch: string | null; commit: string | null } {
  if (gitRef === undefined) return { branch: null, commit: null };
  if (/^[0-9a-f]{40}$/i.test(gitRef)) return { branch: null, commit: gitRef.toLowerCase() };
  return { branch: gitRef.replace(/^refs\/heads\//, ''), commit: null };
}

function parametersOf(request: ShortBuildRequest): Record<string, string> {
  const { projectName, solutionPath, targetFramework, runtimeIdentifier, requesterEmail, jobId } = request;
  const { configuration, platform, runTests, createPackages, publishArtifacts, forceClean } = request;
  const { buildProperties = {}, metadata = {} } = request;
  const changed = { configuration, platform, runTests, createPackages, publishArtifacts, forceClean };
  const said = { projectName, solutionPath, targetFramework, runtimeIdentifier, requesterEmail, jobId };
  return Object.fromEntries([
    ...Object.entries(said).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    ...Object.entries(changed).flatMap(([name, value]) =>
      value === undefined || value === BUILD_DEFAULTS[name as keyof typeof changed] ? [] : [[name, String(value)]],
    ),
    ...Object.entries(buildProperties).map(([name, value]) => [PROPERTY + name, value]),
    ...Object.entries(metadata).map(([name, value]) => [METADATA + name, value]),
  ]);
}

/** The request of a build as it is shown: all that was asked for, with the defaults. null: the job names none. */
export interface BuildRequestView {
  readonly projectName: string;
  readonly repositoryUrl: string | null;
  readonly gitRef: string | null;
  readonly solutionPath: string | null;
  readonly configuration: string;
  readonly targetFramework: string | null;
  readonly platform: string;
  readonly runtimeIdentifier: string | null;
  readonly buildProperties: Readonly<Record<string, string>>;
  readonly runTests: boolean;
  readonly createPackages: boolean;
  readonly publishArtifacts: boolean;
  readonly timeoutMinutes: number | null;
  readonly metadata: Readonly<Record<string, string>>;
  readonly jobId: string | null;
  readonly targetPool: Target | null;
  readonly strategy: Job['strategy'];
  readonly priority: BuildPriority;
  readonly forceClean: boolean;
  readonly namespace: string | null;
  readonly requesterEmail: string | null;
}

export function buildOfJob(job: Job): BuildRequestView {
  const { parameters, repository, branch, commit, timeoutSeconds } = job;
  const word = (name: string): string | null => (Object.hasOwn(parameters, name) ? (parameters[name] ?? null) : null);
  return {
    projectName: word('projectName') ?? projectNameOf(job),
    repositoryUrl: repository,
    gitRef: branch ?? commit,
    solutionPath: word('solutionPath'),
    configuration: word('configuration') ?? BUILD_DEFAULTS.configuration,
    targetFramework: word('targetFramework'),
    platform: word('platform') ?? BUILD_DEFAULTS.platform,
    runtimeIdentifier: word('runtimeIdentifier'),
    buildProperties: wordsAfter(parameters, PROPERTY),
    runTests: !/^(?:false|0|no|off)$/i.test(word('runTests') ?? ''),
    createPackages: isOn(word('createPackages')),
    publishArtifacts: !/^(?:false|0|no|off)$/i.test(word('publishArtifacts') ?? ''),
    timeoutMinutes: timeoutSeconds === null ? null : timeoutSeconds / MINUTE_SECONDS,
    metadata: wordsAfter(parameters, METADATA),
    jobId: word('jobId'),
    targetPool: targetIn(job.requires),
    strategy: job.strategy,
    priority: priorityName(job.priority),
    forceClean: isOn(word('forceClean')),
    namespace: job.namespace,
    requesterEmail: word('requesterEmail'),
  };
}

const isOn = (word: string | null): boolean => /^(?:true|1|yes|on)$/i.test(word ?? '');

const wordsAfter = (parameters: Job['parameters'], prefix: string): Record<string, string> =>
  Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  );

/** People may say any of ten, and there are four names. */
export function priorityName(level: number): BuildPriority {
  if (level <= PRIORITY_LEVELS.Critical) return 'Critical';
  if (level <= PRIORITY_LEVELS.High) return 'High';
  return level < PRIORITY_LEVELS.Low ? 'Normal' : 'Low';
}

const targetIn = (requires: readonly string[]): Target | null =>
  (Object.keys(REQUIREMENT_OF) as Target[]).find((it) => requires.includes(REQUIREMENT_OF[it])) ?? null;

/** The repository's own name, or what is run where there is none. */
function projectNameOf({ repository, command, task }: Pick<Job, 'repository' | 'command' | 'task'>): string {
  const [last = ''] = /[^/\\:]+$/.exec((repository ?? '').replace(/[/\\]+$/, '')) ?? [];
  return last.replace(/\.git$/i, '') || command?.[0] || task?.text.slice(0, 100) || 'unnamed';
}
