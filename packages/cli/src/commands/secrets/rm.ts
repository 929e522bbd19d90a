/** Removes a secret from the yard, or the file of it from this machine. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { isSecretName, secretsFolder } from '@gityard/agent';
import { answer, defineCommand } from '../../command.ts';
import { CliError, usageError } from '../../errors.ts';
import { argument, flag } from '../../parameters.ts';
import { homePath } from '../../start/user-config.ts';
import { good, line } from '../../text/lines.ts';
import { act } from '../../yard/act.ts';

export const command = defineCommand({
  name: 'secrets rm',
  summary: 'remove a secret',
  details: 'The history keeps what was sealed: make the value itself void where somebody should not have it any more.',
  example: 'gityard secrets rm NUGET_KEY --reason "the feed is public now"',
  acts: true,
  parameters: {
    name: argument('NAME', 'the secret'),
    here: flag('the file of this machine, not what lies in the yard'),
  },
  async run(context, { name, here }) {
    if (!isSecretName(name)) throw usageError(`${name} is no name for a secret`, 'gityard secrets list shows them');
    if (!here)
      return act(context, 'remove-secret', { name, reason: context.reason }, ({ result, commit }) =>
        answer({ name: result.name, commit }, () => [line(good(name), ' is removed; make its value void as well')]),
      );
    const path = join(secretsFolder(homePath(context.io.env)), name);
    if (!context.flags.dryRun) await removed(path, name);
    return answer({ name, path, dryRun: context.flags.dryRun }, () => [line(good(name), ` is removed: ${path}`)]);
  },
});

async function removed(path: string, name: string): Promise<void> {
  try {
    await rm(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new CliError('NOT_FOUND', `this machine keeps no secret ${name}`, {
      hint: 'gityard secrets list shows them',
    });
  }
}
