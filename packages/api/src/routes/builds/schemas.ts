/** What answers about builds look like (REQUIREMENTS R102, R103, R113, R114); the values are made by the domain. */
import {
  BUILD_STATUSES,
  closed,
  PRIORITIES,
  publishedSchema,
  STAGE_STATUSES,
  STRATEGIES,
  TARGETS,
} from '@gityard/domain';
import { count, listOf, named, nullable, text, time, words } from '../../schemas.ts';

const duration = { type: 'string', format: 'duration', description: 'ISO 8601, as in PT2M5S' } as const;
const flag = { type: 'boolean' } as const;
const orNull = <const V extends readonly string[]>(values: V, description: string) =>
  ({ enum: [...values, null], description }) as const;

/** Of an address. */
export const buildId = words(
  {
    id: { ...text, minLength: 1, maxLength: 100, description: 'executionId of the build, or the beginning of it' },
  },
  ['id'],
);

const status = { enum: BUILD_STATUSES } as const;
export const priority = { enum: PRIORITIES, description: 'Critical is first, Low is last' } as const;
const texts = { type: 'object', additionalProperties: text } as const;

const agent = nullableObject({ agentId: text, hostname: text, targetType: orNull(TARGETS, 'what kind of machine') });

const HEAD = {
  executionId: { ...text, description: 'id of the build' },
  projectName: text,
  status,
  currentStage: nullable(text),
  repositoryUrl: nullable(text),
  gitRef: nullable(text),
  commit: nullable({ ...text, description: 'what was built, once that is known' }),
  configuration: text,
  strategy: { enum: STRATEGIES },
  priority,
  requester: { ...text, description: 'who asked for it, by their token or session' },
  requesterEmail: nullable({ ...text, description: 'as the request says' }),
  createdAt: time,
  startTime: nullable(time),
  endTime: nullable(time),
  duration: nullable(duration),
  success: nullable({ ...flag, description: 'null: it has not ended' }),
  agent,
  traceId: { ...text, description: 'of its trace, 32 hexadecimal digits' },
  links: all({
    self: text,
    logs: text,
    trace: nullable({ ...text, description: 'where people look at it; null: nowhere' }),
  }),
};

export const BUILD_HEAD = named('BuildHead', all(HEAD));

export const ARTIFACT = named(
  'Artifact',
  all({
    artifactId: { ...text, description: 'of it on this server, for /api/v1/artifacts/{id}/download with a token' },
    name: text,
    path: { ...text, description: 'relative, with forward slashes' },
    sizeBytes: count,
    contentType: text,
    sha256Hash: { ...text, description: '64 hexadecimal digits' },
    createdAt: time,
    downloadUrl: {
      ...text,
      description:
        'on this server, good for an hour or two for whoever has it; where no token was shown, it asks for one',
    },
  }),
);

export const BUILD = named(
  'Build',
  all({
    ...HEAD,
    request: all({
      projectName: text,
      repositoryUrl: nullable(text),
      gitRef: nullable(text),
      solutionPath: nullable(text),
      configuration: text,
      targetFramework: nullable(text),
      platform: text,
      runtimeIdentifier: nullable(text),
      buildProperties: texts,
      runTests: flag,
      createPackages: flag,
      publishArtifacts: flag,
      timeoutMinutes: { type: ['number', 'null'], description: 'null: as yard.json says' },
      metadata: texts,
      jobId: nullable(text),
      targetPool: orNull(TARGETS, 'null: anywhere'),
      strategy: { enum: STRATEGIES },
      priority,
      forceClean: flag,
      namespace: nullable({ ...text, description: 'as the request says; its repository may say another' }),
      requesterEmail: nullable(text),
    }),
    progress: nullable({ ...text, description: 'what its agent says it is at' }),
    attempts: count,
    stages: listOf(
      all({
        name: text,
        status: { enum: STAGE_STATUSES },
        startTime: nullable(time),
        duration: nullable(duration),
        warningsCount: count,
      }),
    ),
    stageResults: {
      ...listOf(
        all({
          stageName: text,
          status: { enum: STAGE_STATUSES },
          start: nullable(time),
          end: nullable(time),
          duration: nullable(duration),
          message: nullable(text),
          warningsCount: count,
          errorsCount: count,
        }),
      ),
      description: 'once it has ended',
    },
    testResults: nullableObject({
      total: count,
      passed: count,
      failed: count,
      skipped: count,
      failedTests: {
        ...listOf(
          all({ name: text, message: nullable(text), path: nullable(text), line: nullable({ type: 'integer' }) }),
        ),
        description: 'the first of them',
      },
      flakyTests: listOf(text),
      coverage: nullableObject({
        linesCovered: count,
        linesTotal: count,
        branchesCovered: count,
        branchesTotal: count,
      }),
    }),
    warnings: { ...listOf(text), description: 'the first findings, with their places' },
    errors: listOf(text),
    errorMessage: nullable({ ...text, description: 'why it did not succeed' }),
    parts: { ...listOf(text), description: 'the builds that it was split into' },
    artifacts: listOf(ARTIFACT),
    logUrl: nullable({ ...text, description: 'null: nothing was tried yet' }),
  }),
);

export const QUEUED_BUILD = named(
  'QueuedBuild',
  all({
    executionId: text,
    status,
    queuePosition: { type: ['integer', 'null'], minimum: 1, description: '1 = the next; null: it does not wait' },
    estimatedStartTime: nullable({ ...time, description: 'null: too little is known, or no agent can run it' }),
    estimatedDuration: nullable({ ...duration, description: 'ISO 8601; null: too little is known' }),
    links: HEAD.links,
  }),
);

const { properties: rowProperties } = publishedSchema('read-model') as {
  readonly properties: { readonly jobs: { readonly items: { readonly properties: { readonly reasons: object } } } };
};
const estimate = all({ p50: nullable(time), p90: nullable(time) });

/** As `gityard job why --json` has it. */
export const EXPLANATION = named(
  'Explanation',
  all({
    id: text,
    status: { ...text, description: 'of the job' },
    canEverRun: { ...flag, description: 'false: not unless a person does something' },
    position: { type: ['integer', 'null'], minimum: 1 },
    ahead: count,
    eta: estimate,
    expectedEnd: estimate,
    expiresAt: nullable(time),
    reasons: rowProperties.jobs.items.properties.reasons,
  }),
);

/** Every field is always there. */
function all<const P extends Record<string, object>>(properties: P) {
  return closed(properties, Object.keys(properties));
}

function nullableObject<const P extends Record<string, object>>(properties: P) {
  return { ...all(properties), type: ['object', 'null'] };
}

export const NOT_THERE = { description: 'There is no such build.' };
export const NOT_CLEAR = { description: 'Several builds begin with that, or a rule stands against it.' };
