/** `gityard agent allow` and `disallow`: what the owner of this machine lets its agent run. Changes its own file, never the yard. */
import type { PolicyChange } from '@gityard/agent';
import { NETWORKS, SIGNATURES, TOOLCHAINS } from '@gityard/domain';
import { defineCommand, type Reply } from '../../command.ts';
import type { Context } from '../../context.ts';
import { usageError } from '../../errors.ts';
import {
  type ArgumentsOf,
  choices,
  flag,
  list as names,
  oneOf,
  option,
  optionalArguments,
  pairs,
  texts,
} from '../../parameters.ts';
import { limitsFrom } from '../../policy/limits.ts';
import { shownPolicy } from '../../policy/shown.ts';
import { absoluteAddress, isRemoteAddress } from '../../start/address.ts';
import { checkedName } from '../../start/identity.ts';
import { makeFolder } from '../../start/make-folder.ts';
import { homePath, receiverHome } from '../../start/user-config.ts';

const parameters = {
  commands: flag('also jobs that bring a command of their own'),
  program: texts('word', 'only such commands whose first word it is; may be given more than once'),
  ref: texts('branch', 'branches that may be built; the first that is named ends that all may'),
  toolchain: choices(TOOLCHAINS, 'that builds may use; the first that is named ends that all may'),
  pool: names('name,…', 'in which this machine may serve'),
  network: oneOf(NETWORKS, 'when builds may reach the network; else while packages are restored'),
  secret: names('NAME,…', 'secrets for the builds of --repo on --ref'),
  repo: texts('url', 'with --secret: whose builds may have it'),
  signatures: oneOf(SIGNATURES, 'whether only signed jobs may run'),
  unsandboxed: flag('builds with nothing around them, where no sandbox works'),
  sandbox: option('kind', 'the sandbox that it must be; else the best that works'),
  image: texts('image', 'images that the gityard.yml of a repository may ask to be built in'),
  readable: texts('path', 'what builds may read beyond the system'),
  trustedRef: texts('branch', 'whose builds may put something into caches that others read'),
  limit: pairs('kind=amount', 'of one build: cores=4, memory=4GB, disk=20GB, processes=500, time=2h'),
  env: names('NAME,…', 'variables of the agent that builds may see'),
  scripts: names('name,…', 'files of its folder scripts that a message may ask for'),
  updates: texts(
    'source',
    'where programs may come from that it changes to when a job asks: npm:gityard, an address, a path',
  ),
  receiver: option('name', 'of the task receiver of that name, instead of the agent'),
  remove: flag('take back instead of allowing'),
  list: flag('only show what is allowed'),
  urls: optionalArguments('url', 'the repositories, as jobs name them'),
};

type Given = ArgumentsOf<typeof parameters>;

export const allow = defineCommand({
  name: 'agent allow',
  summary: 'say what may run on this agent',
  details:
    'Kept in policy.json under GITYARD_HOME; a daemon that runs takes it up within seconds. A "*" at the end of an address ' +
    'stands for whatever follows, and so at the end of a branch, a name of --env or a --program.',
  example: 'gityard agent allow https://github.com/acme/app "https://github.com/acme/lib-*"',
  parameters,
  run: (context, given) => run(context, given, given.remove ? 'disallow' : 'allow'),
});

export const disallow = defineCommand({
  name: 'agent disallow',
  summary: 'take back what may run on this agent',
  details: 'What is one value, like --network, is again as it is by default.',
  example: 'gityard agent disallow --commands',
  parameters,
  run: (context, given) => run(context, given, 'disallow'),
});

async function run(context: Context, given: Given, verb: 'allow' | 'disallow'): Promise<Reply> {
  const { env } = context.io;
  const change = changeFrom(given, context.io.cwd, verb);
  const isAsked = Object.values(change).some(
    (it) => it !== undefined && Object.keys(Object(it)).length + Number(it === true) > 0,
  );
  if (given.list && (isAsked || given.remove))
    throw usageError('--list only shows', 'leave out --list, or everything else');
  if (!given.list && !isAsked)
    throw usageError('<url> is missing', 'name a repository, or give --commands, --env, --scripts, --ref … or --list');

  if (verb === 'allow') await checkSandbox(given.sandbox);
  const agent = await import('@gityard/agent');
  const { receiver } = given;
  const home = receiver === undefined ? homePath(env) : receiverHome(env, checkedName(receiver, '--receiver'));
  if (given.list) return shownPolicy(home, await agent.readPolicySource(home));
  await makeFolder(home);
  await agent[verb](home, change);
  if (verb === 'allow' && given.updates.length > 0) await agent.takePartInUpdates(home);
  return shownPolicy(home, await agent.readPolicySource(home));
}

async function checkSandbox(kind: string | undefined): Promise<void> {
  if (kind === undefined) return;
  const { SANDBOX_NAMES } = await import('@gityard/builder');
  if (!SANDBOX_NAMES.includes(kind))
    throw usageError(`--sandbox ${kind} is not known`, `choose one of ${SANDBOX_NAMES.join(', ')}`);
}

function changeFrom(given: Given, cwd: string, verb: 'allow' | 'disallow'): PolicyChange {
  const { urls, ref, secret, env, scripts } = given;
  return {
    repositories: urls.map((it) => addressOf(it, cwd)),
    commands: given.commands || undefined,
    programs: given.program,
    refs: secret.length > 0 ? [] : ref,
    toolchains: given.toolchain ?? [],
    pools: given.pool,
    network: given.network,
    secrets: secretsFrom(given, cwd, verb),
    signatures: given.signatures,
    unsandboxed: given.unsandboxed || undefined,
    sandbox: given.sandbox,
    images: given.image,
    readable: given.readable,
    trustedRefs: given.trustedRef,
    limits: limitsFrom(given.limit),
    environment: env,
    scripts,
    updates: given.updates,
  };
}

/** A secret without bounds is one that any job can have. */
function secretsFrom({ secret, repo, ref }: Given, cwd: string, verb: 'allow' | 'disallow') {
  if (secret.length === 0 && repo.length > 0)
    throw usageError('--repo says whose secrets, and none is named', 'add --secret <NAME>');
  const isBounded = repo.length > 0 && ref.length > 0;
  if (secret.length > 0 && verb === 'allow' && !isBounded)
    throw usageError('a secret is for builds of a repository on a branch', 'add --repo <url> --ref <branch>');
  return secret.map((name) => ({ name, repositories: repo.map((it) => addressOf(it, cwd)), refs: [...ref] }));
}

/** A path is meant from where one stands; a pattern that is no path yet stays as it is. */
function addressOf(url: string, cwd: string): string {
  if (url === '*' || (url.endsWith('*') && isRemoteAddress(url))) return url;
  return absoluteAddress(url, cwd);
}
