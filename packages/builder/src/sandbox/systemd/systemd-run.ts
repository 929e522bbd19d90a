/**
 * A transient service of the system's manager for each program of a build: its groups count and limit, its namespaces hide
 * the machine, and nothing of it outlives its stop. Needs a system that systemd started, and root.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { buildUser } from '../build-user.ts';
import { systemMounts, toolMounts } from '../bwrap/visible.ts';
import { quoted } from '../environment-file.ts';
import { isInstalled } from '../find-program.ts';
import { type Order, openOrderedCell } from '../ordered-cell.ts';
import type { Rung } from '../rung.ts';

export const systemdRun: Rung = {
  name: 'systemd-run',
  async make() {
    if (!isInstalled('systemd-run') || !existsSync('/run/systemd/system')) return 'systemd did not start this system';
    const state = await systemState();
    if (state !== 'running' && state !== 'degraded') return `the system is ${state}`;
    const user = await buildUser();
    if (!user) return 'only root may order services of the system';
    const ordering = {
      user,
      quoting: quoted,
      argv: systemdArguments,
      ending: (name: string) => [
        ['systemctl', 'kill', '--kill-who=all', '--signal=KILL', name],
        ['systemctl', 'stop', name],
        ['systemctl', 'reset-failed', name],
      ],
      asking: (name: string) => ['systemctl', 'show', '--property=Result', name],
    };
    return { name: 'systemd-run', outward: false, open: (request) => openOrderedCell(request, ordering) };
  },
};

/** It answers in words, and with an exit code that is not 0 for most of them. */
async function systemState(): Promise<string> {
  return promisify(execFile)('systemctl', ['is-system-running']).then(
    ({ stdout }) => stdout.trim(),
    ({ stdout }: { stdout?: string }) => stdout?.trim() || 'not known',
  );
}

/** No unit is collected by itself: its result tells which limit struck. */
export function systemdArguments(order: Order): string[] {
  const properties = Object.entries(propertiesOf(order)).flatMap(([name, values]) =>
    values.map((value) => `--property=${name}=${value}`),
  );
  const options = ['--quiet', '--pipe', '--wait', '--service-type=exec', `--unit=${order.name}`];
  return ['systemd-run', ...options, ...properties, '--', ...order.program.argv];
}

function propertiesOf(order: Order): Readonly<Record<string, readonly string[]>> {
  const { program, environmentFile, network, limits, request, user } = order;
  const { cores, memoryBytes, processes, diskBytes } = limits;
  const { writable, readable, temporary } = request;
  const hidden = writable;
  const reader = user ?? { uid: 0, gid: 0 };
  const { environment } = program;
  const mounts = [...systemMounts({ network, hidden }), ...toolMounts({ environment, readable, hidden, reader })];
  const bound = mounts.filter(([kind]) => kind === '--ro-bind').map(([, from]) => from);
  return {
    User: [String(reader.uid)],
    Group: [String(reader.gid)],
    WorkingDirectory: [program.folder],
    EnvironmentFile: [environmentFile],
    TemporaryFileSystem: ['/:ro', '/dev/shm:size=64M,mode=1777'],
    BindReadOnlyPaths: [...BESIDE, ...bound].map(escaped),
    BindPaths: [`${escaped(temporary)}:/tmp`, ...writable.map(escaped)],
    MountAPIVFS: ['yes'],
    ProtectProc: ['invisible'],
    ...on('ProtectControlGroups', 'ProtectKernelTunables', 'ProtectKernelModules', 'ProtectKernelLogs', 'ProtectClock'),
    ...on(
      'ProtectHostname',
      'PrivateDevices',
      'PrivateIPC',
      'NoNewPrivileges',
      'RestrictNamespaces',
      'RestrictSUIDSGID',
    ),
    ...on('LockPersonality', 'RestrictRealtime'),
    PrivateNetwork: [network ? 'no' : 'yes'],
    CapabilityBoundingSet: [''],
    SystemCallFilter: ['~@mount @module @raw-io @reboot @swap @clock @obsolete @keyring'],
    SystemCallErrorNumber: ['EPERM'],
    MemoryMax: [String(memoryBytes)],
    MemorySwapMax: ['0'],
    OOMPolicy: ['kill'],
    TasksMax: [String(processes)],
    ...(cores > 0 ? { CPUQuota: [`${Math.round(cores * 100)}%`] } : {}),
    LimitFSIZE: [String(diskBytes)],
    LimitCORE: ['0'],
    KillMode: ['control-group'],
    TimeoutStopSec: ['10s'],
  };
}

/** Links into /usr on most systems; with "-" a missing one is no mistake. */
const BESIDE = [
  '-/bin',
  '-/sbin',
  '-/lib',
  '-/lib64',
  '-/etc/passwd',
  '-/etc/group',
  '-/etc/nsswitch.conf',
  '-/etc/hosts',
];
const escaped = (path: string): string => path.replaceAll(/[\\: ]/g, '\\$&');
const on = (...names: string[]) => Object.fromEntries(names.map((name) => [name, ['yes']]));
