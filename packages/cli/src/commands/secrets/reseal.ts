/** Seals a secret of the yard anew, for those who could open it and for more: for agents that joined, or have another key now. */
import { identityPath, readAgeIdentity, unseal, valueFrom } from '@gityard/agent';
import { type Secret, secretIdOf } from '@gityard/domain';
import { defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { CliError } from '../../errors.ts';
import { argument, flag, list } from '../../parameters.ts';
import { orInvalid } from '../../secrets/read-value.ts';
import { sealFor } from '../../secrets/seal-for.ts';
import { homePath } from '../../start/user-config.ts';

export const command = defineCommand({
  name: 'secrets reseal',
  summary: 'seal a secret anew, for agents that joined',
  details:
    'Opens it with the key of this machine (keys/age under GITYARD_HOME), so it works where an agent lives that can read it. ' +
    'Who was sealed for before stays, under the key that is registered now.',
  example: 'gityard secrets reseal NUGET_KEY --for build3',
  acts: true,
  parameters: {
    name: argument('NAME', 'the secret'),
    for: list('agent,…', 'who can open it as well; all: every agent that has a key'),
    to: list('age1…', 'more keys that can open it'),
    acceptKeys: flag('also for agents whose key is not the one of last time'),
  },
  async run(context, { name, for: more, to, acceptKeys }): Promise<Reply> {
    const secret = (await context.look()).secrets.get(secretIdOf(name));
    if (!secret)
      throw new CliError('NOT_FOUND', `no secret is called ${name}`, { hint: 'gityard secrets list shows them' });
    const agents = (await context.yard()).state.agents;
    const before = secret.recipients.flatMap(({ agent }) => (agent !== null && agents.has(agent) ? [agent] : []));
    const keys = secret.recipients.flatMap(({ agent, key }) => (agent === null ? [key] : []));
    const readers = { agents: [...before, ...more], keys: [...keys, ...to], acceptKeys };
    return sealFor(context, { name: secret.name, readers, value: () => opened(context, secret) });
  },
});

async function opened({ io }: Context, { name, sealed }: Secret): Promise<string> {
  const home = homePath(io.env);
  const identity = await readAgeIdentity(home);
  const bytes = identity && (await unseal(sealed, identity));
  if (bytes) return orInvalid(() => valueFrom(bytes, name));
  throw new CliError('DENIED', `the key of this machine (${identityPath(home)}) cannot open ${name}`, {
    hint: 'do it on a machine whose agent can, or set it anew: gityard secrets set',
  });
}
