/** What hostile builds are made of, for the specs of everything that has to hold them; and a look at what they leave. */
import { readdirSync, readFileSync } from 'node:fs';
import { arch } from 'node:os';

/** Programs that take all they can get of one thing; what keeps builds in names the limit that each of them meets. */
export const BOMBS = {
  processes: 'bomb() { bomb | bomb & wait; }; bomb; exit 1',
  // It holds what it took: whoever looks now and then must not come when it is over.
  memory: '{ head -c 500000000 /dev/zero; sleep 60; } | tail; exit 1',
  // As long as they are let: whoever looks at the disk of all must not miss them for what others free meanwhile.
  oneFile: 'i=0; while [ $((i += 1)) -lt 50 ]; do head -c 20000000 /dev/zero >> big; done; exit 1',
  someFiles: 'i=0; while [ $((i += 1)) -lt 50 ]; do head -c 20000000 /dev/zero > $i; done; exit 1',
  temporaryFiles: 'i=0; while [ $((i += 1)) -lt 50 ]; do head -c 20000000 /dev/zero > /tmp/$i; done; exit 1',
  emptyFiles: `perl -e 'for (;;) { open(F, ">f".$i++) or exit 1 }'`,
  sharedMemory: 'for i in 1 2 3 4; do head -c 25000000 /dev/zero > /dev/shm/$i || exit 1; done',
} as const;

/** By number, with what a program would give them to get at the agent: attach, seize, one byte of its memory, a handle, KILL. */
const callsOf = (
  agent: number,
  [ptrace, read, kill]: readonly [number, number, number],
): Record<string, readonly (number | string)[]> => ({
  trace: [ptrace, 16, agent, 0, 0],
  seize: [ptrace, 0x4206, agent, 0, 0],
  read: [read, agent, '$one', 1, '$one', 1, 0],
  hold: [434, agent, 0],
  signal: [kill, agent, 9],
});
const NUMBERS: Readonly<Record<string, readonly [number, number, number]>> = {
  x64: [101, 310, 62],
  arm64: [117, 270, 129],
};

/** Tries each of them and prints who it met: nobody, "denied", or DONE. */
export function tracing(agent: number): string {
  const numbers = NUMBERS[arch()];
  const calls = Object.entries(numbers ? callsOf(agent, numbers) : {}).map(
    ([name, [number, ...words]]) =>
      `$! = 0; my $r${number} = syscall(${[number, ...words].join(', ')}); print "${name}: ", ($r${number} == -1 ? $!{ESRCH} ? "nobody" : $!{EPERM} ? "denied" : "$!" : "DONE"), "\\n";`,
  );
  return `perl -MErrno -e 'my $one = pack("QQ", unpack("Q", pack("P", my $byte = "x")), 1); ${calls.join(' ')}'`;
}

/** Programs of this machine with that word among theirs. */
export function living(word: string): string[] {
  return readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(word);
    } catch {
      // Ended while we looked.
      return false;
    }
  });
}
