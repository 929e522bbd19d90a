/**
 * The system calls that no build needs and that have opened many a sandbox, as a filter for the kernel: mounting, namespaces,
 * modules, keys, tracing of the kernel, changing the clock, typing into a terminal. A program that tries is told that it may
 * not (EPERM) and goes on. The list follows what container engines deny to containers without privileges.
 */
import { arch } from 'node:os';

interface Machine {
  /** AUDIT_ARCH_… */
  readonly audit: number;
  readonly clone: number;
  readonly ioctl: number;
  /** mount, umount2, pivot_root, unshare, setns, … by their numbers here. */
  readonly denied: readonly number[];
}

/** The same on every machine: they are newer than the common table of numbers. */
const NEWER = [
  428, // open_tree
  429, // move_mount
  430, // fsopen
  431, // fsconfig
  432, // fsmount
  433, // fspick
  425, // io_uring_setup
  426, // io_uring_enter
  427, // io_uring_register
  442, // mount_setattr
];
const CLONE3 = 435;

const MACHINES: Readonly<Record<string, Machine>> = {
  x64: {
    audit: 0xc000003e,
    clone: 56,
    ioctl: 16,
    // mount umount2 pivot_root unshare setns chroot | init/finit/delete_module kexec_load kexec_file_load
    // add_key request_key keyctl | bpf perf_event_open userfaultfd open_by_handle_at | swapon swapoff reboot acct
    // quotactl syslog iopl ioperm settimeofday clock_settime adjtimex clock_adjtime vhangup
    denied: [
      ...[165, 166, 155, 272, 308, 161, 175, 313, 176, 246, 320, 248, 249, 250, 321, 298, 323, 304],
      ...[167, 168, 169, 163, 179, 103, 172, 173, 164, 227, 159, 305, 153],
    ],
  },
  arm64: {
    audit: 0xc00000b7,
    clone: 220,
    ioctl: 29,
    denied: [
      ...[40, 39, 41, 97, 268, 51, 105, 273, 106, 104, 294, 217, 218, 219, 280, 241, 282, 265],
      ...[224, 225, 142, 89, 60, 116, 170, 112, 171, 266, 58],
    ],
  },
};

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const NEW_NAMESPACES = 0x7e020000;
const TIOCSTI = 0x5412;
const TIOCLINUX = 0x541c;

const ALLOW = 0x7fff0000;
const EPERM = 0x00050001;
/** "There is no such call": then the C library falls back to clone, whose flags can be looked at. */
const ENOSYS = 0x00050026;
const KILL = 0x80000000;

const [LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN] = [0x20, 0x15, 0x35, 0x45, 0x06];
const [CALL, ARCH, FIRST, SECOND] = [0, 4, 16, 24];
const X32 = 0x40000000;

/** Undefined: for a machine whose numbers are not listed here. */
export function seccompFilter(machine: string = arch()): Buffer | undefined {
  const found = MACHINES[machine];
  if (!found) return undefined;
  const { audit, clone, ioctl, denied } = found;
  const lines: Line[] = [
    [LOAD, 0, 0, ARCH],
    [EQUAL, 1, 0, audit],
    [RETURN, 0, 0, KILL],
    [LOAD, 0, 0, CALL],
    ...(machine === 'x64' ? whenever(AT_LEAST, X32, EPERM) : []),
    ...[...denied, ...NEWER].flatMap((call) => whenever(EQUAL, call, EPERM)),
    ...whenever(EQUAL, CLONE3, ENOSYS),
    // What else a call is about: skip the four lines that look at it when it is another call.
    [EQUAL, 0, 4, clone],
    [LOAD, 0, 0, FIRST],
    ...whenever(ANY_BIT, NEW_NAMESPACES, EPERM),
    [RETURN, 0, 0, ALLOW],
    [EQUAL, 0, 5, ioctl],
    [LOAD, 0, 0, SECOND],
    ...whenever(EQUAL, TIOCSTI, EPERM),
    ...whenever(EQUAL, TIOCLINUX, EPERM),
    [RETURN, 0, 0, ALLOW],
  ];
  return assembled(lines);
}

/** Operation, lines to skip when it holds, lines to skip when not, operand. */
type Line = readonly [number, number, number, number];

const whenever = (test: number, operand: number, answer: number): Line[] => [
  [test, 0, 1, operand],
  [RETURN, 0, 0, answer],
];

function assembled(lines: readonly Line[]): Buffer {
  const filter = Buffer.alloc(lines.length * 8);
  for (const [at, [code, holds, fails, operand]] of lines.entries()) {
    filter.writeUInt16LE(code, at * 8);
    filter.writeUInt8(holds, at * 8 + 2);
    filter.writeUInt8(fails, at * 8 + 3);
    filter.writeUInt32LE(operand, at * 8 + 4);
  }
  return filter;
}
