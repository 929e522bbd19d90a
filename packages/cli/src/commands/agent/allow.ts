/** `gityard agent allow`: what the owner of this machine lets its agent run. Changes the agent's own file, never the yard. */
import type { Policy } from '@gityard/agent';
import { type Answer, answer, defineCommand } from '../../command.ts';
import { usageError } from '../../errors.ts';
import { flag, list as names, option, optionalArguments } from '../../parameters.ts';
import { absoluteAddress, isRemoteAddress } from '../../start/address.ts';
import { checkedName } from '../../start/identity.ts';
import { makeFolder } from '../../start/make-folder.ts';
import { homePath, receiverHome } from '../../start/user-config.ts';
import { dim, type Line, line } from '../../text/lines.ts';

export const command = defineCommand({
  name: 'agent allow',
  summary: 'say what may run on this agent',
  details:
    'Kept in policy.json under GITYARD_HOME; a daemon that runs takes it up within seconds. A "*" at the end of an address ' +
    'stands for whatever follows, and so at the end of a name of --env.',
  example: 'gityard agent allow https://github.com/acme/app "https://github.com/acme/lib-*"',
  parameters: {
    commands: flag('also jobs that bring a command of their own'),
    env: names('NAME,…', 'variables of the agent that builds may see'),
    scripts: names('name,…', 'files of its folder scripts that a message may ask for'),
    receiver: option('name', 'of the task receiver of that name, instead of the agent'),
    remove: flag('take back instead of allowing'),
    list: flag('only show what is allowed'),
    urls: optionalArguments('url', 'the repositories, as jobs name them'),
  },
  async run({ io }, { urls, commands, env, scripts, receiver, remove, list }) {
    const asked = urls.length > 0 || commands || env.length > 0 || scripts.length > 0;
    if (list && (asked || remove)) throw usageError('--list only shows', 'leave out --list, or everything else');
    if (!list && !asked)
      throw usageError('<url> is missing', 'name a repository, or give --commands, --env, --scripts or --list');

    const { allow, disallow, readPolicy } = await import('@gityard/agent');
    const home = receiver === undefined ? homePath(io.env) : receiverHome(io.env, checkedName(receiver, '--receiver'));
    if (list) return shown(home, await readPolicy(home));
    await makeFolder(home);
    const repositories = urls.map((it) => addressOf(it, io.cwd));
    const change = { repositories, commands: commands || undefined, environment: env, scripts };
    return shown(home, await (remove ? disallow(home, change) : allow(home, change)));
  },
});

/** A path is meant from where one stands; a pattern that is no path yet stays as it is. */
function addressOf(url: string, cwd: string): string {
  if (url === '*' || (url.endsWith('*') && isRemoteAddress(url))) return url;
  return absoluteAddress(url, cwd);
}

function shown(home: string, policy: Policy): Answer {
  return answer({ home, ...policy }, () => linesOf(policy));
}

function linesOf({ repositories, commands, environment, scripts }: Policy): Line[] {
  const listed = repositories.map((it) => line(`  ${it}`));
  return [
    listed.length === 0 ? line('no repository may be built here') : line('may be built here'),
    ...listed,
    commands ? line('jobs may bring commands') : line('jobs may not bring commands ', dim('(--commands allows it)')),
    ...(environment.length === 0 ? [] : [line('builds see ', environment.join(', '))]),
    ...(scripts.length === 0 ? [] : [line('messages may ask for ', scripts.join(', '))]),
  ];
}
