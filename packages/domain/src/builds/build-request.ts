/**
 * What a program says that wants something built (REQUIREMENTS R99–R101): a request with the descriptor of its job inside, or
 * in short both in one object, of which only the repository has to be named. The names of the fields are those of the sources.
 */
import { STRATEGIES } from '../entities/job.ts';
import { address, branchName, closed, time } from '../entities/schema.ts';
import type { TypeOf } from '../entities/type-of.ts';

export const TARGETS = ['Linux', 'Windows', 'MacOS', 'Docker'] as const;
export const PRIORITIES = ['Low', 'Normal', 'High', 'Critical'] as const;

/** What a request says that says nothing else. */
export const BUILD_DEFAULTS = {
  configuration: 'Release',
  platform: 'AnyCPU',
  buildProperties: {},
  runTests: true,
  createPackages: false,
  publishArtifacts: true,
  timeoutMinutes: 60,
  metadata: {},
  priority: 'Normal',
  forceClean: false,
} as const;

const guid = (description: string) =>
  ({
    type: 'string',
    pattern: '^[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$',
    description: `a GUID: ${description}`,
  }) as const;

const words = <const M extends number>(maxLength: M, pattern: string, description: string) =>
  ({ type: 'string', minLength: 1, maxLength, pattern, description }) as const;

/** A value of a parameter, whose name gets a word of ours in front. */
const valuesByName = (description: string) =>
  ({
    type: 'object',
    propertyNames: { type: 'string', pattern: '^[A-Za-z_][A-Za-z0-9_.-]{0,99}$' },
    additionalProperties: { type: 'string', maxLength: 10_000, pattern: '^[^\\u0000]*$' },
    maxProperties: 100,
    description,
  }) as const;

const requesterEmail = {
  type: 'string',
  format: 'email',
  maxLength: 254,
  examples: ['ada@example.org'],
  description: 'an e-mail address: of whoever wants the build',
} as const;
const createdAt = {
  ...time,
  description: 'RFC 3339, UTC: by the clock of whoever asks, and not kept',
} as const;

const JOB_FIELDS = {
  jobId: guid('names what is to be built, by the word of whoever asks; a build has its executionId'),
  projectName: words(200, '^[^\\u0000-\\u001f\\u007f]+$', 'a name without line breaks'),
  repositoryUrl: {
    ...address,
    minLength: 1,
    examples: ['https://git.example.org/team/shop.git'],
    description:
      'on one line a path, git@host:path, or a URL that begins with https, http, ssh or file, with no password and over HTTP no user and no query',
  },
  gitRef: {
    ...branchName,
    minLength: 1,
    examples: ['main', 'refs/tags/v2.0'],
    description: 'a branch, a tag (also as refs/tags/…), or the 40 digits of a commit',
  },
  solutionPath: {
    ...words(
      1000,
      '^(?!.*(?:^|/)\\.\\.(?:/|$))[^-/\\\\\\u0000-\\u001f\\u007f][^\\\\\\u0000-\\u001f\\u007f]*$',
      'a path below the repository with forward slashes; . where there is no solution',
    ),
    examples: ['src/Shop.sln'],
  },
  configuration: {
    ...words(100, '^\\w[\\w .-]*$', 'a word like Release'),
    default: BUILD_DEFAULTS.configuration,
  },
  targetFramework: words(52, '^net[a-z0-9][a-z0-9.-]{0,48}$', 'a target framework like net8.0'),
  platform: { ...words(50, '^\\w[\\w -]*$', 'a platform like AnyCPU'), default: BUILD_DEFAULTS.platform },
  runtimeIdentifier: words(51, '^[a-z][a-z0-9.-]*$', 'a runtime identifier like linux-x64'),
  buildProperties: { ...valuesByName('set in the build files'), default: BUILD_DEFAULTS.buildProperties },
  runTests: { type: 'boolean', default: BUILD_DEFAULTS.runTests },
  createPackages: { type: 'boolean', default: BUILD_DEFAULTS.createPackages },
  publishArtifacts: { type: 'boolean', default: BUILD_DEFAULTS.publishArtifacts },
  timeoutMinutes: { type: 'integer', minimum: 1, maximum: 10_080, default: BUILD_DEFAULTS.timeoutMinutes },
  metadata: { ...valuesByName('said again where the build is shown'), default: BUILD_DEFAULTS.metadata },
  createdAt,
  requesterEmail,
} as const;

const REQUEST_FIELDS = {
  targetPool: {
    enum: TARGETS,
    description: 'where it is built: on which system, or where there is Docker; else anywhere',
  },
  strategy: { enum: STRATEGIES, description: 'else as the gityard.yml of the repository says, or Incremental' },
  priority: {
    enum: PRIORITIES,
    default: BUILD_DEFAULTS.priority,
    description: 'Critical is first, Low is last',
  },
  forceClean: { type: 'boolean', default: BUILD_DEFAULTS.forceClean },
  namespace: {
    ...words(
      100,
      '^[a-z0-9][a-z0-9._-]*$',
      'a namespace of yard.json: whose it is, where its repository does not say so',
    ),
  },
  executionId: guid('names the build; asked for again with the same content it is the same build'),
} as const;

const JOB = closed(JOB_FIELDS, ['projectName', 'repositoryUrl', 'gitRef', 'solutionPath', 'requesterEmail']);

export const BUILD_REQUEST_SCHEMA = closed({ job: JOB, ...REQUEST_FIELDS, requesterEmail, createdAt }, [
  'job',
  'requesterEmail',
]);

export const SHORT_BUILD_REQUEST_SCHEMA = closed({ ...JOB_FIELDS, ...REQUEST_FIELDS }, ['repositoryUrl']);

type Open<S extends { readonly properties: object }> = Partial<TypeOf<S>>;
type JobDescriptor = Open<typeof JOB> & Pick<TypeOf<typeof JOB>, 'repositoryUrl'>;

/** Both in one object, as all that follows reads it. */
export type ShortBuildRequest = Open<typeof SHORT_BUILD_REQUEST_SCHEMA> & Pick<JobDescriptor, 'repositoryUrl'>;
export type BuildRequest = Omit<Open<typeof BUILD_REQUEST_SCHEMA>, 'job'> & { readonly job: JobDescriptor };

/** Where both say something, the request counts. */
export function inShort(request: BuildRequest | ShortBuildRequest): ShortBuildRequest {
  if (!('job' in request)) return request;
  const { job, ...rest } = request;
  return { ...job, ...rest };
}
