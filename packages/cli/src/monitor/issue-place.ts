/** Whose issues the monitor keeps, and what it asks their host with. The token goes to the host of the environment, and no other. */
import { sourceOf } from '@gityard/monitor';
import { CliError, usageError } from '../errors.ts';
import { apiUrlIn } from '../start/api-url.ts';

export interface IssuePlace {
  readonly owner: string;
  readonly repo: string;
  readonly apiUrl: string;
  readonly token: string;
  /** File name of the workflow that this is a run of; null: none. */
  readonly workflow: string | null;
}

const NAME = /^([A-Za-z0-9][A-Za-z0-9._-]{0,99})\/([A-Za-z0-9._-]{1,100})$/;

/** @param flag as --github has it, else GITHUB_REPOSITORY, else the yard's own, where that lies on the same host */
export function issuePlace(
  flag: string | undefined,
  { env, address }: { env: NodeJS.ProcessEnv; address: string },
): IssuePlace {
  const apiUrl = apiUrlIn(env, 'GITHUB_API_URL');
  const named = flag ?? (env.GITHUB_REPOSITORY || repositoryIn(address, apiUrl));
  if (named === undefined)
    throw usageError(
      'nobody said whose issues to keep',
      'name a repository: --github owner/repo, or GITHUB_REPOSITORY',
    );
  const [, owner, repo] = NAME.exec(named) ?? [];
  if (!owner || !repo || /^\.+$/.test(repo))
    throw usageError(`"${named}" is no repository`, 'write it as owner/repo; the host is that of GITHUB_API_URL');
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  if (!token)
    throw new CliError('DENIED', `there is no token for the issues of ${named}`, {
      hint: 'set GITHUB_TOKEN; in a workflow: env: GITHUB_TOKEN: $'.concat(
        '{{ github.token }}, and permissions: { issues: write }',
      ),
    });
  return { owner, repo, apiUrl, token, workflow: workflowOf(env) };
}

function repositoryIn(address: string, apiUrl: string): string | undefined {
  const own = sourceOf(address.replace(/^github:/, 'https://github.com/').replace(/^github\+/, ''), apiUrl);
  return own && `${own.owner}/${own.repo}`;
}

/** `owner/repo/.github/workflows/health-monitor.yml@refs/heads/main` */
const workflowOf = ({ GITHUB_WORKFLOW_REF: ref }: NodeJS.ProcessEnv): string | null =>
  /\/workflows\/([\w.-]+)@/.exec(ref ?? '')?.[1] ?? null;
