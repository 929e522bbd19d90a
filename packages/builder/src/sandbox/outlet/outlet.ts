/**
 * A network that only leads out: a network namespace of a cell's own, and a program (slirp4netns) that carries what is said in it
 * to the network of the machine. The machine's loopback is not in it, and what clouds tell a machine about itself has no way.
 * Whoever runs in it cannot change that: it takes rights that programs of builds do not have.
 */
import { type ChildProcess, execFile, type StdioOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { BuildError } from '../../build-error.ts';
import { isInstalled } from '../find-program.ts';

export interface Outlet {
  /** Words before the program that makes the sandbox. */
  readonly entry: readonly string[];
  /** What stands in /etc/resolv.conf within. */
  readonly names: string;
  close(): Promise<void>;
}

const PROGRAMS = ['slirp4netns', 'ip', 'nsenter', 'unshare'];
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' };
/** Where slirp4netns listens for questions about names; it asks whom the machine asks. */
const NAME_SERVER = 'nameserver 10.0.2.3\n';
/** Addresses of one's own link: metadata and credentials of clouds. */
const OWN_LINK = '169.254.0.0/16';
const PATIENCE_MS = 20_000;
/** Both end when we end: each holds the other end of something that only we hold open. */
const UNTIL_WE_END = 'echo ready; exec cat';
const SLIRP = ['--configure', '--mtu=65520', '--disable-host-loopback', '--enable-sandbox', '--enable-seccomp'];

export async function openOutlet(marks: Readonly<Record<string, string>>): Promise<Outlet> {
  const started: ChildProcess[] = [];
  const start = ([name = '', ...args]: readonly string[], stdio: StdioOptions): ChildProcess => {
    const child = spawn(name, args, { cwd: '/', env: { ...ENVIRONMENT, ...marks }, stdio });
    started.push(child);
    return child;
  };
  try {
    return await opened(start, () => endAll(started));
  } catch (error) {
    await endAll(started);
    throw new BuildError('infrastructure', `the network of a build cannot be set up: ${(error as Error).message}`);
  }
}

async function opened(
  start: (argv: readonly string[], stdio: StdioOptions) => ChildProcess,
  close: Outlet['close'],
): Promise<Outlet> {
  // Only root has the right to a namespace without a user namespace, in which it would lose the rights that it needs later.
  const asRoot = process.getuid?.() === 0;
  const own = asRoot ? [] : ['--user', '--map-root-user'];
  const holder = start(['unshare', ...own, '--net', '--', 'sh', '-c', UNTIL_WE_END], ['pipe', 'pipe', 'ignore']);
  await said(holder, 1);
  const at = `/proc/${holder.pid}/ns`;
  const user = asRoot ? [] : ['--preserve-credentials', `--user=${at}/user`];
  const entry = ['nsenter', ...user, `--net=${at}/net`, '--'];
  const slirp = ['slirp4netns', ...SLIRP, '--ready-fd=3', '--exit-fd=4', String(holder.pid), 'tap0'];
  await said(start(slirp, ['ignore', 'ignore', 'ignore', 'pipe', 'pipe']), 3);
  const [name = '', ...words] = [...entry, 'ip', 'route', 'add', 'unreachable', OWN_LINK];
  await promisify(execFile)(name, words, { env: ENVIRONMENT });
  return { entry, names: await nameSettings(), close };
}

/** That it says anything at all there means that it is ready. */
async function said(child: ChildProcess, descriptor: number): Promise<void> {
  const over = new AbortController();
  const signal = AbortSignal.any([over.signal, AbortSignal.timeout(PATIENCE_MS)]);
  const stream = child.stdio[descriptor];
  const ended = once(child, 'close', { signal }).then(() => {
    throw new Error(`${child.spawnfile} ended early`);
  });
  try {
    await Promise.race([ended, stream && once(stream, 'data', { signal })]);
  } finally {
    ended.catch(() => undefined);
    over.abort();
  }
}

async function endAll(children: readonly ChildProcess[]): Promise<void> {
  await Promise.all(
    children.map(async (it) => {
      const isGone = it.pid === undefined || it.exitCode !== null || it.signalCode !== null;
      const gone = isGone ? undefined : once(it, 'exit');
      it.kill('SIGKILL');
      for (const stream of it.stdio) stream?.destroy();
      await gone;
    }),
  );
}

/** The domains in which the machine looks for short names, too. */
async function nameSettings(): Promise<string> {
  const text = await readFile('/etc/resolv.conf', 'utf8').catch(() => '');
  const lines = text.split('\n').filter((line) => /^(search|domain|options)\s/.test(line));
  return [NAME_SERVER.trimEnd(), ...lines, ''].join('\n');
}

/** Null: all are here. */
export function whyNoPrograms(): string | null {
  const missing = PROGRAMS.filter((it) => !isInstalled(it));
  return missing.length === 0 ? null : `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not installed`;
}
