/**
 * The environment of every command of a build: what INTERFACE promises, what programs need to find tools, caches and
 * the way out, what the agent's owner lists in its policy, and nothing else of the agent's own. Two builds of one commit
 * see the same words.
 */
import { join } from 'node:path';
import { attemptTraceparent } from '@gityard/domain';
import type { BuildRequest } from './contract.ts';
import type { Folders } from './folders.ts';
import { inherited } from './inherited.ts';
import { SUMMARY_FILE } from './logs/take-summary.ts';
import { isListed } from './policy.ts';

export interface BuiltFrom {
  readonly branch: string | null;
  readonly commit: string | null;
  readonly committedSeconds: number;
}

/** Where tools are; where npm gets packages from is in the builds' home (npm-settings.ts). Nothing here is a password. */
const TOOLS = /^(DOTNET_ROOT(_\w+)?|NUGET_CERT_REVOCATION_MODE|JAVA_HOME|MAVEN_HOME|M2_HOME)$/;

export function environmentOf(request: BuildRequest, folders: Folders, from: BuiltFrom): Record<string, string> {
  const { environment = [] } = request.policy;
  return {
    ...inherited(process.env, (name) => TOOLS.test(name) || isListed(environment, name)),
    ...places(folders),
    ...identity(request, from),
    ...parameters(request.job.parameters),
    TZ: 'UTC',
    LC_ALL: 'C.UTF-8',
    SOURCE_DATE_EPOCH: String(from.committedSeconds),
  };
}

/** The entry by which descendants of a build are recognised: no other build has the same workspace. */
export function markerOf(folders: Folders): string {
  return `GITYARD_WORKSPACE=${folders.source}`;
}

/** What tells whose a process is, and nothing that a build or its author chose. */
export function marksOf(
  { job, token, agent }: Pick<BuildRequest, 'job' | 'token' | 'agent'>,
  folders: Folders,
): Record<string, string> {
  return {
    GITYARD_WORKSPACE: folders.source,
    GITYARD_JOB_ID: job.id,
    GITYARD_TOKEN_NUMBER: String(token),
    GITYARD_AGENT: agent,
  };
}

function identity({ job, token, attempt, agent }: BuildRequest, { branch, commit }: BuiltFrom): Record<string, string> {
  return {
    CI: 'true',
    GITYARD: 'true',
    GITYARD_JOB_ID: job.id,
    GITYARD_ATTEMPT: String(attempt),
    GITYARD_TOKEN_NUMBER: String(token),
    GITYARD_AGENT: agent,
    GITYARD_BRANCH: branch ?? '',
    GITYARD_COMMIT: commit ?? '',
    // By which programs that know OpenTelemetry join the trace of the job.
    TRACEPARENT: attemptTraceparent(job, token),
  };
}

function places({ workspace, source, staging, temporary, home }: Folders): Record<string, string> {
  return {
    GITYARD_WORKSPACE: source,
    GITYARD_ARTIFACTS: staging,
    GITYARD_SUMMARY: join(temporary, SUMMARY_FILE),
    HOME: home,
    TMPDIR: temporary,
    // The checkout is no repository. Without this, git in a build would find one around the agent's folder.
    GIT_CEILING_DIRECTORIES: workspace,
    ...(process.platform === 'win32' ? { USERPROFILE: home, TEMP: temporary, TMP: temporary } : {}),
  };
}

function parameters(given: Readonly<Record<string, string>>): Record<string, string> {
  const entries = Object.entries(given).map(([name, value]) => [
    `GITYARD_PARAM_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_')}`,
    value,
  ]);
  return Object.fromEntries(entries);
}
