/**
 * What a unit takes from the daemon and its builds. It must not take what builds are kept apart with: bubblewrap needs user
 * namespaces, mounts of its own, /dev/net/tun and a whole /proc, and every build has a right to its own tools.
 *
 * Therefore off, and each is a line that somebody may want to add by `systemctl edit` where no sandbox is used:
 * PrivateUsers, RestrictNamespaces, SystemCallFilter (no sandbox could begin) · ProtectKernelTunables, ProtectKernelLogs,
 * ProtectProc, ProtectHostname (no /proc or host name of a sandbox's own) · PrivateDevices, ProtectClock, DevicePolicy (no
 * /dev/net/tun, /dev/kvm) · MemoryDenyWriteExecute (V8, .NET and the JVM write code) · RestrictSUIDSGID, LockPersonality,
 * SystemCallArchitectures (packages with such files, setarch, 32-bit tools) · ProtectControlGroups (limits of builds are
 * groups) · RemoveIPC (other agents of the same account) · PrivateNetwork, IPAddressDeny (the yard is out there) ·
 * DynamicUser (workspaces outlive the service).
 */
import type { ServiceFacts } from '../facts.ts';
import { forSystemd } from '../quoting.ts';

const ALWAYS = [
  'NoNewPrivileges=yes',
  'CapabilityBoundingSet=',
  'AmbientCapabilities=',
  'ProtectSystem=strict',
  'PrivateTmp=yes',
  'RestrictRealtime=yes',
  'RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK',
  'KeyringMode=private',
];

/** The manager of one person has not the rights for more. */
const OF_USER = ['NoNewPrivileges=yes', 'RestrictRealtime=yes'];

const HOMES = /^\/(home|root|run\/user)(\/|$)/;

export function hardening(facts: ServiceFacts, writes: readonly string[]): readonly string[] {
  if (facts.scope === 'user') return OF_USER;
  const isRoot = facts.user === 'root';
  return [
    // Root without its capabilities may not even read what belongs to others, its sandboxes among it.
    ...ALWAYS.filter((line) => !isRoot || !line.includes('Capabilit')),
    `ProtectHome=${homesAreNeeded(facts, writes)}`,
    ...(writes.length === 0 ? [] : [`ReadWritePaths=${writes.map((it) => forSystemd(`-${it}`)).join(' ')}`]),
  ];
}

/** A program of nvm lies below a home, and a yard may: what has to be seen there must not be hidden. */
function homesAreNeeded(
  { program, flags, userHome, tokenFile, sshKey }: ServiceFacts,
  writes: readonly string[],
): string {
  if (writes.some((it) => HOMES.test(it))) return 'no';
  return [...program, ...flags, userHome, tokenFile ?? '', sshKey ?? ''].some((it) => HOMES.test(it))
    ? 'read-only'
    : 'yes';
}
