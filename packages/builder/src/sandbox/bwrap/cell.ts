/**
 * The cell of one build behind bubblewrap: the same folders, limits and user for each of its programs, one after another or
 * side by side. What is limited by a control group or by looking is the business of the `Keeper` that it is given.
 */
import { homedir } from 'node:os';
import { delimiter } from 'node:path';
import { type BuildUser, giveAll, handOver } from '../build-user.ts';
import { effectiveLimits } from '../effective-limits.ts';
import { whyNotStarted } from '../find-program.ts';
import { type Outlet, openOutlet } from '../outlet/outlet.ts';
import type { Cell, CellRequest, Confined, Limits, Network, Program } from '../sandbox.ts';
import { seccompFilter } from '../seccomp.ts';
import { watchStrikes } from '../strikes.ts';
import { becoming, entering, optionsOf, within } from './arguments.ts';
import { memoryFile } from './memory-file.ts';
import { type Mount, systemMounts, toolMounts } from './visible.ts';

/** Counts and limits what bubblewrap does not. */
export interface Keeper {
  readonly doors: readonly string[];
  /** Words before the program, inside. */
  readonly prefix: readonly string[];
  started(id: number): void;
  struck(): Promise<'memory' | 'processes' | null>;
  heldBackMs?(): Promise<number>;
  kill(): Promise<void>;
  close(): Promise<void>;
}

export interface CellParts {
  readonly user: BuildUser | null;
  /** Whether a network that only leads out works here. */
  readonly outward: boolean;
  keeperFor(request: { readonly id: string; readonly limits: Limits }): Promise<Keeper>;
}

const OUTSIDE_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export async function openCell(request: CellRequest, parts: CellParts): Promise<Cell> {
  const { user } = parts;
  let opened: Promise<Opened> | undefined;
  let outlet: Promise<Outlet> | undefined;
  // Not before its first program: only then the folders of the build are there.
  const open = () => {
    opened ??= begin(request, parts);
    return opened;
  };
  return {
    async confine(program, { network }) {
      const { keeper } = await open();
      if (network === 'outward' && parts.outward) outlet ??= openOutlet(request.marks);
      const way = network === 'outward' ? await outlet : undefined;
      return confined({ request, user, keeper, program, network, way });
    },
    async give(paths) {
      if (user && opened) await giveAll(paths, user);
    },
    verdict: async () => (opened ? (await opened).strikes.verdict() : null),
    heldBackMs: async () => (await (await opened)?.keeper.heldBackMs?.()) ?? 0,
    async close() {
      if (!opened) return;
      const { strikes, keeper } = await opened;
      await strikes.close();
      await keeper.close();
      // One that could not be opened has nothing left.
      await (await outlet?.catch(() => undefined))?.close();
    },
  };
}

interface Opened {
  readonly keeper: Keeper;
  readonly strikes: Awaited<ReturnType<typeof watchStrikes>>;
}

async function begin({ id, limits: wanted, writable }: CellRequest, { user, keeperFor }: CellParts): Promise<Opened> {
  const limits = await effectiveLimits(wanted, writable[0] ?? '/');
  if (user) await handOver(writable, user);
  const keeper = await keeperFor({ id, limits });
  const { struck, kill } = keeper;
  return { keeper, strikes: await watchStrikes({ limits, writable, struck, kill }) };
}

interface Confining {
  readonly request: CellRequest;
  readonly user: BuildUser | null;
  readonly keeper: Keeper;
  readonly program: Program;
  readonly network: Network;
  /** Undefined: the network of the machine, where it has one at all. */
  readonly way: Outlet | undefined;
}

function confined({ request, user, keeper, program: wanted, network, way }: Confining): Confined {
  const { writable, readable, temporary, marks } = request;
  const reader = user ?? { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const hidden = [...writable, homedir()];
  const { environment } = wanted;
  const system = systemMounts({ network: network !== 'none' && !way, hidden });
  const tools = toolMounts({ environment, readable, hidden, reader });
  const program = {
    ...wanted,
    environment: { ...environment, PATH: visiblePath(environment.PATH, [...system, ...tools]) },
  };
  const outside = { folder: '/', environment: { ...marks, PATH: OUTSIDE_PATH }, guarded: true };
  const failure = whyNotStarted(program);
  if (failure) return { ...outside, argv: [], descriptors: [], failure };

  const home = environment.HOME ?? '/';
  const texts = [passwd(reader, home), groups(reader), HOSTS, NAME_SERVICES].map((it) => Buffer.from(it));
  const filter = seccompFilter();
  const descriptors: number[] = [];
  const hold = (bytes: Uint8Array): number => {
    descriptors.push(memoryFile(bytes));
    // In the program they are numbered from 3 on.
    return descriptors.length + 2;
  };
  const numbers = texts.map(hold);
  const stubs = Object.fromEntries(STUBS.map((path, at) => [path, numbers[at] ?? 0]));
  const files = way ? { ...stubs, '/etc/resolv.conf': hold(Buffer.from(way.names)) } : stubs;
  const walls = { system, tools, temporary, writable, files };
  const options = optionsOf({ program, network: network !== 'none', ...walls, asUser: user ? null : reader });
  const all = [...options, ...(filter ? ['--seccomp', String(hold(filter))] : [])];
  const list = hold(Buffer.from(all.map((it) => `${it}\0`).join('')));
  const inside = [...(user ? becoming(user) : []), ...within(wanted.folder), ...keeper.prefix, ...wanted.argv];
  const argv = entering(keeper.doors, [...(way?.entry ?? []), 'bwrap', '--args', String(list), '--', ...inside]);
  return { ...outside, argv, descriptors, failure: null, onStart: keeper.started };
}

/** Programs are not looked for where nothing is to be seen. */
function visiblePath(path: string | undefined, mounts: readonly Mount[]): string {
  const seen = mounts.map(([, , to]) => to);
  const isSeen = (folder: string) => seen.some((it) => folder === it || folder.startsWith(`${it}/`));
  return (path ?? '').split(delimiter).filter(isSeen).join(delimiter);
}

const STUBS = ['/etc/passwd', '/etc/group', '/etc/hosts', '/etc/nsswitch.conf'];
const HOSTS = '127.0.0.1 localhost build\n::1 localhost build\n';
const NAME_SERVICES = 'passwd: files\ngroup: files\nhosts: files dns\n';
const passwd = ({ uid, gid }: BuildUser, home: string): string =>
  `root:x:0:0:root:/nowhere:/usr/sbin/nologin\nbuild:x:${uid}:${gid}:build:${home.replaceAll(/[:\n]/g, '')}:/bin/sh\n`;
const groups = ({ gid }: BuildUser): string => `root:x:0:\nbuild:x:${gid}:\n`;
