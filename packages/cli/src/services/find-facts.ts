/** What a service is rendered from, found out from this machine and from what a person asked for. The one place that looks. */
import { existsSync } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { shellWord } from '@gityard/domain';
import type { Context } from '../context.ts';
import { CliError, usageError } from '../errors.ts';
import { withoutSecrets } from '../start/address.ts';
import { homePath, userConfigPath } from '../start/user-config.ts';
import { checkedFacts, LOCAL_SERVICE, OWN_USER, type ServiceFacts, type ServiceFolders } from './facts.ts';
import { warningsAbout } from './find-warnings.ts';
import { runWords } from './perform/run-words.ts';
import type { ServiceName } from './plan.ts';

export interface Wanted {
  readonly with: ServiceName | undefined;
  readonly scope: 'system' | 'user' | undefined;
  readonly user: string | undefined;
  readonly home: string | undefined;
  readonly intervalSeconds: number;
  readonly drainSeconds: number;
  readonly tokenFile: string | undefined;
  readonly sshKey: string | undefined;
  /** Of `agent run`, without the yard. */
  readonly flags: readonly string[];
}

export interface Found {
  readonly service: ServiceName;
  readonly facts: ServiceFacts;
  /** What a person should know before. */
  readonly warnings: readonly string[];
}

const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export async function findFacts(context: Context, wanted: Wanted): Promise<Found> {
  const { env, cwd } = context.io;
  const [{ id }, { address }] = [await context.identity(), await context.yardAddress()];
  if (withoutSecrets(address) !== address)
    throw usageError(
      'the address of the yard holds a password, which everybody on this machine could read then',
      'name it without, and give --token-file or --ssh-key',
    );
  const { service, scope } = kindOf(wanted);
  const uid = process.getuid?.() ?? null;
  const user = userFor(wanted, { scope, service, env });
  const program = [process.execPath, await realpath(process.argv[1] ?? '')] as const;
  const isOwn = user === OWN_USER || user === LOCAL_SERVICE;
  const home = resolve(cwd, wanted.home ?? defaultHome(id, { scope, env }));
  const facts = checkedFacts({
    ...{ id, scope, user, uid, program, home },
    flags: ['--yard', address, ...wanted.flags],
    userHome: scope === 'user' ? (env.HOME ?? homedir()) : isOwn ? home : await homeOf(user),
    path: scope === 'system' && process.platform !== 'win32' ? `${dirname(program[0])}:${SYSTEM_PATH}` : ownPath(env),
    intervalSeconds: wanted.intervalSeconds,
    drainSeconds: wanted.drainSeconds,
    tokenFile: await secretFile(wanted.tokenFile, '--token-file', cwd),
    sshKey: await secretFile(wanted.sshKey, '--ssh-key', cwd),
    folders: foldersOf(scope, env),
  });
  return { service, facts, warnings: await warningsAbout(facts, { service, env }) };
}

export function kindOf({ with: named, scope }: Pick<Wanted, 'with' | 'scope'>): {
  service: ServiceName;
  scope: 'system' | 'user';
} {
  const { platform } = process;
  const ofPlatform = { darwin: 'launchd', win32: 'schtasks' } as const;
  const service =
    named ?? (ofPlatform as Record<string, ServiceName>)[platform] ?? (existsSync(SYSTEMD_RUNS) ? 'systemd' : 'cron');
  const isRoot = process.getuid === undefined || process.getuid() === 0;
  return { service, scope: scope ?? (isRoot ? 'system' : 'user') };
}

/** Throws where only root may go on. */
export function checkRights(scope: 'system' | 'user'): void {
  if (scope === 'user' || process.getuid === undefined || process.getuid() === 0) return;
  throw new CliError('DENIED', 'a service of the whole machine is for root to install', {
    hint: 'run it with sudo; or with --scope user, and it runs as you',
  });
}

const SYSTEMD_RUNS = '/run/systemd/system';
const TOOLS: Readonly<Record<ServiceName, readonly string[]>> = {
  systemd: ['systemctl'],
  cron: ['flock', 'crontab'],
  launchd: ['launchctl'],
  schtasks: [],
};

/** Throws where what keeps it going is not on this machine: it would only be seen at the first tick, in a log. */
export async function checkTools(service: ServiceName): Promise<void> {
  if (service === 'systemd' && !existsSync(SYSTEMD_RUNS))
    throw new CliError('NOT_RUNNABLE', 'systemd did not start this machine', {
      hint: 'choose another way: --with cron',
    });
  for (const tool of TOOLS[service])
    await runWords(['sh', '-c', `command -v ${tool}`]).catch((cause: unknown) => {
      const hint = 'install it (flock comes with util-linux), or choose another way with --with';
      throw new CliError('NOT_RUNNABLE', `there is no ${tool} on this machine`, { hint, cause });
    });
}

export function foldersOf(scope: 'system' | 'user', env: NodeJS.ProcessEnv): ServiceFolders {
  if (process.platform === 'win32') {
    const config = join(env.ProgramData ?? 'C:\\ProgramData', 'gityard');
    return { config, systemd: config, cron: config, launchd: config, newsyslog: config };
  }
  const home = env.HOME ?? homedir();
  const shared = { cron: '/etc/cron.d', newsyslog: '/etc/newsyslog.d' };
  if (scope === 'system')
    return { ...shared, config: '/etc/gityard', systemd: '/etc/systemd/system', launchd: '/Library/LaunchDaemons' };
  return {
    ...shared,
    config: dirname(userConfigPath(env)),
    systemd: join(env.XDG_CONFIG_HOME || join(home, '.config'), 'systemd', 'user'),
    launchd: join(home, 'Library', 'LaunchAgents'),
  };
}

interface Standing {
  readonly scope: 'system' | 'user';
  readonly service: ServiceName;
  readonly env: NodeJS.ProcessEnv;
}

function userFor({ user }: Wanted, { scope, service, env }: Standing): string {
  if (scope === 'user') {
    const self = userInfo().username;
    if (user === undefined || user === self) return self;
    throw usageError(`only root can install a service that runs as ${user}`, 'run it with sudo, or leave out --user');
  }
  if (user !== undefined) return user;
  if (service === 'schtasks') return LOCAL_SERVICE;
  if (service !== 'launchd') return OWN_USER;
  if (env.SUDO_USER && env.SUDO_USER !== 'root') return env.SUDO_USER;
  throw usageError('as whom is it to run?', 'name an account of this Mac with --user');
}

const defaultHome = (id: string, { scope, env }: Pick<Standing, 'scope' | 'env'>): string => {
  if (scope === 'user') return join(homePath(env), 'agents', id);
  if (process.platform === 'win32') return join(env.ProgramData ?? 'C:\\ProgramData', 'gityard', 'agents', id);
  return process.platform === 'darwin' ? `/usr/local/var/gityard/${id}` : `/var/lib/gityard/${id}`;
};

async function homeOf(user: string): Promise<string> {
  if (process.platform === 'win32') return process.env.USERPROFILE ?? 'C:\\';
  if (!/^[a-z_][\w.-]*$/i.test(user))
    throw usageError(`${user} is no account of this machine`, 'see how it is written');
  // The shell knows it wherever accounts are kept; of nobody it gives back the words.
  const home = (await runWords(['sh', '-c', `echo ~${user}`])).trim();
  if (!home.startsWith('~')) return home;
  throw usageError(`there is no account ${user} on this machine`, `make it first, or leave out --user for ${OWN_USER}`);
}

/** What a person works with, without what depends on where they stand. */
const ownPath = ({ PATH = '' }: NodeJS.ProcessEnv): string => PATH.split(delimiter).filter(isAbsolute).join(delimiter);

const READABLE_BY_ALL = 0o004;

async function secretFile(word: string | undefined, flag: string, cwd: string): Promise<string | null> {
  if (word === undefined) return null;
  const path = resolve(cwd, word);
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile())
    throw usageError(`${flag} ${path} is no file`, 'put the secret there first, for its owner alone');
  if (process.platform !== 'win32' && (found.mode & READABLE_BY_ALL) !== 0)
    throw usageError(`${path} can be read by everybody on this machine`, `chmod 600 ${shellWord(path)}`);
  return path;
}
