/**
 * What bubblewrap is told: which namespaces a program gets, what it sees and what it may write. The options travel over a
 * descriptor and not as words, so that no list of processes shows the environment, and none of the environment reaches the
 * programs that set the sandbox up.
 *
 * As root we make no user namespace: the mounts are made with our rights, and the program then loses all of them and becomes
 * the build's user. As anybody else a user namespace is what gives us the right to mount, and it is sealed behind us.
 */
import { dirname } from 'node:path';
import type { Program } from '../sandbox.ts';
import type { Mount, Reader } from './visible.ts';

export interface Wall {
  readonly program: Program;
  readonly network: boolean;
  /** Of the system, in its order. */
  readonly system: readonly Mount[];
  /** Toolchains and what else it may read. */
  readonly tools: readonly Mount[];
  /** Stands for /tmp. */
  readonly temporary: string;
  readonly writable: readonly string[];
  /** Text of small files, by the descriptors that hold it. */
  readonly files: Readonly<Record<string, number>>;
  /** Who it is to be in a user namespace; null: as root we make none. */
  readonly asUser: Reader | null;
}

/** What it takes to become the build's user, by which they are lost as well. */
const KEPT_TO_LOSE = [
  '--cap-drop',
  'ALL',
  '--cap-add',
  'CAP_SETUID',
  '--cap-add',
  'CAP_SETGID',
  '--cap-add',
  'CAP_SETPCAP',
];
/** Of memory, like all that lies there. */
const SHARED_MEMORY_BYTES = 64 * 1024 * 1024;

export function optionsOf(wall: Wall): string[] {
  const { program, network, system, tools, temporary, writable, files, asUser } = wall;
  const place = openPlaces();
  return [
    ...['--unshare-ipc', '--unshare-pid', '--unshare-uts', '--unshare-cgroup-try', '--die-with-parent'],
    ...(network ? [] : ['--unshare-net']),
    ...(asUser ? sealedUser(asUser) : KEPT_TO_LOSE),
    ...['--hostname', 'build'],
    ...system.flatMap((it) => place(it[2], it)),
    ...Object.entries(files).flatMap(([path, descriptor]) =>
      place(path, ['--perms', '0444', '--ro-bind-data', String(descriptor), path]),
    ),
    ...['--proc', '/proc', '--dev', '/dev'],
    ...['--perms', '1777', '--size', String(SHARED_MEMORY_BYTES), '--tmpfs', '/dev/shm', '--remount-ro', '/dev'],
    ...['--bind', temporary, '/tmp', ...place('/var/tmp', ['--symlink', '../tmp', '/var/tmp'])],
    ...tools.flatMap((it) => place(it[2], it)),
    ...writable.flatMap((it) => place(it, ['--bind', it, it])),
    // Last: nothing can be made in it any more.
    ...['--remount-ro', '/', '--chdir', '/', '--clearenv'],
    ...Object.entries(program.environment).flatMap(([name, value]) => ['--setenv', name, value]),
  ];
}

const sealedUser = ({ uid, gid }: Reader): string[] => [
  ...['--unshare-user', '--uid', String(uid), '--gid', String(gid)],
  ...['--disable-userns', '--cap-drop', 'ALL'],
];

/** Bubblewrap makes missing folders on the way to a place so that only we could pass; the build has to pass as well. */
function openPlaces(): (path: string, options: readonly string[]) => string[] {
  const made = new Set(['/', '/tmp']);
  return (path, options) => {
    const missing: string[] = [];
    for (let at = dirname(path); !made.has(at); at = dirname(at)) missing.unshift(at);
    for (const it of [...missing, path]) made.add(it);
    return [...missing.flatMap((it) => ['--perms', '0755', '--dir', it]), ...options];
  };
}

/** Enters the groups, then becomes what follows. Fixed words: what differs is given as arguments. */
const ENTER = 'while [ "$1" != -- ]; do echo $$ > "$1" || exit 125; shift; done; shift; exec "$@"';

export function entering(doors: readonly string[], command: readonly string[]): string[] {
  return doors.length === 0 ? [...command] : ['/bin/sh', '-c', ENTER, 'gityard', ...doors, '--', ...command];
}

/** Only the user itself may be sure to get into its folder: root without its rights is nobody there. */
export const within = (folder: string): string[] => ['/usr/bin/env', `--chdir=${folder}`, '--'];

export function becoming({ uid, gid }: Reader): string[] {
  const rights = ['--inh-caps=-all', '--bounding-set=-all', '--no-new-privs'];
  return ['/usr/bin/setpriv', `--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...rights, '--'];
}
