import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startNode, waitFor } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import { makeWorld, PROGRAM } from '../program.fixture.ts';
import { serviceManagerOf, watchdogMs, wordsFor } from './service-manager.ts';

/** The side of systemd: what stands in each datagram, as a line. It lets go of what comes along, as whoever sends waits for it. */
const LISTENER = `
import json, socket, sys
it = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
it.bind(sys.argv[1])
print("listening", flush=True)
while True: print(json.dumps(it.recv(65536).decode().split("\\n")), flush=True)
`;

async function listen(path: string) {
  const child = spawn('python3', ['-c', LISTENER, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  const heard: string[][] = [];
  const lines = createInterface({ input: child.stdout });
  await once(lines, 'line');
  lines.on('line', (line) => {
    const words = JSON.parse(line) as string[];
    if (words[0] !== 'BARRIER=1') heard.push(words);
  });
  const close = async (): Promise<void> => {
    child.kill();
    await once(child, 'exit');
  };
  return { heard, has: (word: string) => heard.some((words) => words.includes(word)), close };
}

describe('service-manager', () => {
  it('is none where systemd did not start us', () => {
    expect(serviceManagerOf({}, { note: expect.unreachable })).toBeUndefined();
  });

  it('is watched as often as it says, when it means us', () => {
    expect(watchdogMs({ WATCHDOG_USEC: '600000000', WATCHDOG_PID: '7' }, 7)).toBe(600_000);
    expect(watchdogMs({ WATCHDOG_USEC: '600000000' }, 7)).toBe(600_000);
    expect(watchdogMs({ WATCHDOG_USEC: '600000000', WATCHDOG_PID: '8' }, 7)).toBeUndefined();
    for (const wrong of ['0', '-1', '1e9', '', '9'.repeat(30)])
      expect(watchdogMs({ WATCHDOG_USEC: wrong }, 7)).toBeUndefined();
  });

  it('hears a status as one line, whatever the names in it', () => {
    expect(wordsFor({ alive: false, status: 'runs x\nWATCHDOG=1\0\u001b[2J' })).toEqual([
      'STATUS=runs x WATCHDOG=1 [2J',
    ]);
  });

  it('tells once when nobody takes its words, and goes on', async () => {
    const notes: string[] = [];
    const manager = serviceManagerOf(
      { NOTIFY_SOCKET: '/nowhere/notify', PATH: process.env.PATH },
      { note: (text) => notes.push(text) },
    );

    await manager?.tell({ alive: true, status: '' });
    await manager?.tell({ alive: true, status: '' });

    expect(notes).toEqual([expect.stringMatching(/^systemd is not told how this agent is: /)]);
  });

  it('hears of the real daemon: ready, alive until it hangs, stopping', async () => {
    const world = await makeWorld();
    const socket = join(world.folder, 'notify');
    const manager = await listen(socket);
    const env = { HOME: world.folder, GITYARD_HOME: join(world.folder, 'home'), GITYARD_YARD: world.yard };
    const daemon = startNode(PROGRAM, ['agent', 'run', '--agent', 'build1'], {
      cwd: world.folder,
      env: { ...env, NOTIFY_SOCKET: socket, WATCHDOG_USEC: '1000000' },
    });
    try {
      await waitFor(() => manager.has('READY=1'), { what: 'it is ready' });
      expect(manager.heard[0]).toEqual(['READY=1', 'WATCHDOG=1', expect.stringMatching(/^STATUS=0 jobs run; /)]);
      const seen = await world.json<{ heartbeat: unknown }>(['agent', 'show', 'build1']);
      expect(seen.heartbeat).not.toBeNull();
      await waitFor(() => manager.heard.filter((words) => words.includes('WATCHDOG=1')).length > 4, {
        what: 'it is kept',
      });

      daemon.kill('SIGSTOP');
      // What it had begun to say may still arrive.
      const before = await quiet(manager.heard);
      daemon.kill('SIGCONT');
      await waitFor(() => manager.heard.length > before, { what: 'it goes on' });

      daemon.kill('SIGTERM');
      expect(await daemon.exit).toEqual({ code: 0, signal: null });
      expect(manager.heard.filter((words) => words.includes('STOPPING=1'))).toEqual([
        ['STOPPING=1', 'WATCHDOG=1', 'STATUS=stopping; 0 jobs run'],
      ]);
    } finally {
      await daemon.dispose();
      await manager.close();
      await world.remove();
    }
  });
});

/** Until nothing was heard for three times as long as it may take to be told as alive; resolves with how much was. */
async function quiet(heard: readonly unknown[]): Promise<number> {
  let [count, looks] = [heard.length, 0];
  await waitFor(
    async () => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      looks = heard.length === count ? looks + 1 : 0;
      count = heard.length;
      return looks === 15;
    },
    { what: 'it is silent' },
  );
  return count;
}
