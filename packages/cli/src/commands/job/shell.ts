/** A shell in the workspace of a failed build, on the machine that built it. */
import { limitsOf, readPolicy, sandboxFor } from '@gityard/agent';
import { closeInherited, openShell } from '@gityard/builder';
import { answer, defineCommand } from '../../command.ts';
import { CliError } from '../../errors.ts';
import { argument, flag, rest } from '../../parameters.ts';
import { secretsAgain } from '../../secrets/secrets-again.ts';
import { homePath } from '../../start/user-config.ts';
import { findKept } from '../../yard/failed-workspaces.ts';

export const command = defineCommand({
  name: 'job shell',
  summary: 'a shell in the workspace of a failed build',
  details:
    'Works on the machine of the agent that built it, with its GITYARD_HOME, for jobs whose workspace was kept (job add ' +
    '--keep-workspace, agent run --keep-failed). The environment is that of the build, without its secrets. The workspace was ' +
    'moved: what holds absolute paths in it may have to be made anew. Exits as the shell or the command does; with --json what it ' +
    'prints goes to standard error.',
  example: 'gityard job shell 01k9x -- make test',
  parameters: {
    id: argument('id', 'the id of the job, or its beginning'),
    withSecrets: flag('also with the secrets that the build had'),
    command: rest('command', 'instead of a shell', 'optional'),
  },
  async run(context, { id, withSecrets, command: words }) {
    closeInherited();
    const { io, note, flags } = context;
    const { root, record } = await findKept(io, id);
    const policy = await readPolicy(homePath(io.env));
    const choice = await sandboxFor(policy);
    if (!choice.ok) throw new CliError('POLICY', choice.reason, { hint: choice.hint });
    const { sandbox } = choice;
    const secrets = withSecrets ? await secretsAgain(context, record, policy) : {};
    const left = withSecrets || record.secrets.length === 0 ? '' : `; without its secrets ${record.secrets.join(', ')}`;
    note(
      `workspace of job ${record.job.id}, attempt ${record.attempt}: ${record.reason ?? 'failed'} (isolation: ${sandbox.name}${left})`,
    );
    const output = flags.json ? 'stderr' : 'stdout';
    const opening = {
      root,
      record,
      policy,
      sandbox,
      limits: limitsOf(policy),
      secrets,
      output,
      command: words,
    } as const;
    const exitCode = await openShell(opening);
    const { job, attempt } = record;
    const told = { id: job.id, attempt, isolation: sandbox.name, command: words, exitCode };
    return flags.json ? answer(told, () => [], exitCode) : exitCode;
  },
});
