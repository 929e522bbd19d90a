/** Seals a secret for agents and puts it into the yard, or keeps it in a file of this machine alone. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isSecretName, secretsFolder } from '@gityard/agent';
import { writeDurably } from '@gityard/yard';
import { answer, defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import { argument, flag, list, option } from '../../parameters.ts';
import { readValue } from '../../secrets/read-value.ts';
import { sealFor } from '../../secrets/seal-for.ts';
import { homePath } from '../../start/user-config.ts';
import { good, line } from '../../text/lines.ts';

export const command = defineCommand({
  name: 'secrets set',
  summary: 'seal a secret for agents, or keep it on this machine',
  details:
    'The value comes from a file, from standard input or is typed without being shown, never from the command line. What lies in ' +
    'the yard can be opened only by whom it was sealed for (age, X25519). Which build may have it, the policy of each agent says.',
  example: 'gityard secrets set NUGET_KEY --for build1,build2 --from-file key.txt',
  acts: true,
  parameters: {
    name: argument('NAME', 'as builds see it in their environment'),
    fromFile: option('file', 'that holds the value'),
    for: list('agent,…', 'who can open it; else all'),
    to: list('age1…', 'more keys that can open it: of a person, of a vault'),
    acceptKeys: flag('also for agents whose key is not the one of last time'),
    here: flag('keep it in a file of this machine, for its own agent alone'),
  },
  async run(context, { name, fromFile, for: agents, to: keys, acceptKeys, here }) {
    if (!isSecretName(name))
      throw usageError(`${name} is no name for a secret`, 'use capital letters, digits and "_", e.g. NUGET_KEY');
    if (here && agents.length + keys.length > 0)
      throw usageError('--here keeps it on this machine', 'leave out --for and --to');
    const value = async () => toldIfBare(context, name, await readValue(context.io, { name, fromFile }));
    if (here) return keepHere(context, name, await value());
    const readers = { agents: agents.length + keys.length === 0 ? ['all'] : agents, keys, acceptKeys };
    return sealFor(context, { name, readers, value });
  },
});

/** Whoever relies on masked logs has to know that they will not be. */
async function toldIfBare(context: Context, name: string, value: string): Promise<string> {
  const { isMaskable, LEAST_BYTES } = await import('@gityard/builder');
  if (!isMaskable(value))
    context.note(`${name} is too short to be masked in logs (fewer than ${LEAST_BYTES} bytes); use a longer one`);
  return value;
}

async function keepHere(context: Context, name: string, value: string): Promise<Reply> {
  const folder = secretsFolder(homePath(context.io.env));
  const path = join(folder, name);
  if (!context.flags.dryRun) {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeDurably(path, value);
  }
  return answer({ name, path, dryRun: context.flags.dryRun }, () => [line(good(name), ` is kept in ${path}`)]);
}
