import { describe, expect, it } from 'vitest';
import { seccompFilter } from './seccomp.ts';

const ALLOW = 'allow';
const names: Readonly<Record<number, string>> = {
  2147418112: ALLOW,
  327681: 'EPERM',
  327718: 'ENOSYS',
  2147483648: 'kill',
};

interface Call {
  readonly call: number;
  readonly arch?: number;
  readonly first?: number;
  readonly second?: number;
}

/** What the kernel would answer: its machine for such filters, as far as ours goes. */
function judged(filter: Buffer, { call, arch = 0xc000003e, first = 0, second = 0 }: Call): string {
  const data: Readonly<Record<number, number>> = { 0: call, 4: arch, 16: first, 24: second };
  let value = 0;
  for (let at = 0; at * 8 < filter.length; at++) {
    const code = filter.readUInt16LE(at * 8);
    const [holds, fails] = [filter.readUInt8(at * 8 + 2), filter.readUInt8(at * 8 + 3)];
    const operand = filter.readUInt32LE(at * 8 + 4);
    if (code === 0x06) return names[operand] ?? String(operand);
    if (code === 0x20) value = data[operand] ?? 0;
    else at += test(code, value, operand) ? holds : fails;
  }
  return 'ran out of the filter';
}

function test(code: number, value: number, operand: number): boolean {
  if (code === 0x15) return value === operand;
  if (code === 0x35) return value >= operand;
  return (BigInt(value) & BigInt(operand)) !== 0n;
}

describe('seccomp', () => {
  const filter = seccompFilter('x64') ?? Buffer.alloc(0);

  it.each([
    ['read', { call: 0 }, ALLOW],
    ['execve', { call: 59 }, ALLOW],
    ['clone of a thread', { call: 56, first: 0x003d0f00 }, ALLOW],
    ['clone with a new user namespace', { call: 56, first: 0x10000011 }, 'EPERM'],
    ['clone3', { call: 435 }, 'ENOSYS'],
    ['unshare', { call: 272 }, 'EPERM'],
    ['mount', { call: 165 }, 'EPERM'],
    ['bpf', { call: 321 }, 'EPERM'],
    ['io_uring_setup', { call: 425 }, 'EPERM'],
    ['ioctl of a window size', { call: 16, second: 0x5413 }, ALLOW],
    ['ioctl that types into a terminal', { call: 16, second: 0x5412 }, 'EPERM'],
    ['a call by its other number', { call: 0x40000000 + 165 }, 'EPERM'],
    ['a call of another machine', { call: 21, arch: 0x40000003 }, 'kill'],
  ] as const)('judges %s', (_, call, answer) => {
    expect(judged(filter, call)).toBe(answer);
  });

  it('knows the numbers of the other common machine, and makes up none for any other', () => {
    expect(judged(seccompFilter('arm64') ?? Buffer.alloc(0), { call: 97, arch: 0xc00000b7 })).toBe('EPERM');
    expect(seccompFilter('riscv64')).toBeUndefined();
  });
});
