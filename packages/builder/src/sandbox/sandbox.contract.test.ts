/** What every sandbox of the ladder must do that works on this machine, by real programs in it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, createServer as createPort } from 'node:net';
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { type ProcessEnd, runProcess } from '../process/run-process.ts';
import { BOMBS, living } from '../specs/bombs.ts';
import { temporaryFolder } from '../specs/world.ts';
import { probed, RUNGS } from './ladder.ts';
import { whyNoOutlet } from './outlet/try-outlet.ts';
import type { Rung } from './rung.ts';
import type { Cell, Limits, Network, Sandbox } from './sandbox.ts';

const LIMITS: Limits = { cores: 0, memoryBytes: 400e6, diskBytes: 30e6, processes: 60 };

interface Said extends ProcessEnd {
  readonly out: string;
}

interface Try {
  readonly network?: Network;
  readonly stop?: AbortSignal;
  readonly environment?: Record<string, string>;
  onOutput?(text: string): void;
}

interface World {
  readonly cell: Cell;
  readonly source: string;
  readonly home: string;
  /** Beside the workspace, of the agent. */
  readonly outside: string;
  run(script: string, how?: Try): Promise<Said>;
}

async function worldIn(sandbox: Sandbox, limits: Partial<Limits> = {}): Promise<World> {
  const root = temporaryFolder();
  const workspace = join(root, 'workspaces', 'b1-1');
  const [source, home, temporary] = [join(workspace, 'source'), join(root, 'home'), join(workspace, 'tmp')];
  for (const it of [source, home, temporary]) mkdirSync(it, { recursive: true });
  const marks = { GITYARD_WORKSPACE: source };
  const request = { id: 'b1-1', writable: [workspace, home], temporary, readable: [], marks };
  const cell = await sandbox.open({ ...request, limits: { ...LIMITS, ...limits } });
  onTestFinished(() => cell.close());
  const run: World['run'] = async (script, { network = 'none', stop, environment = {}, onOutput } = {}) => {
    const program = {
      argv: ['bash', '-c', script],
      folder: source,
      environment: { PATH: process.env.PATH ?? '', HOME: home, ...environment },
    };
    let out = '';
    const end = await runProcess({
      ...(await cell.confine(program, { stage: 'Build', network })),
      stop: stop ?? new AbortController().signal,
      graceMs: 60_000,
      onOutput(chunk) {
        out = (out + chunk).slice(-100_000);
        onOutput?.(out);
      },
    });
    return { ...end, out };
  };
  return { cell, source, home, outside: root, run };
}

/** A port at which everybody is told that he reached it. */
async function greeting(host: string): Promise<number> {
  const server = createPort((socket) => socket.end('reached\n'));
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

function contractOf({ name }: Rung, found: Sandbox | string): void {
  describe(`the sandbox ${name}`, () => {
    let sandbox: Sandbox;
    beforeEach(({ skip }) => {
      if (typeof found !== 'string') {
        sandbox = found;
        return;
      }
      if (process.env.CI) throw new Error(found);
      skip(true, `${name}: ${found}`);
    });

    it('runs a program in its folder with its words, its environment, and an end as it was', async () => {
      const { run, source, cell } = await worldIn(sandbox);
      const environment = { ODD: 'a\'b\n$(id) "c"' };

      const { out, exitCode } = await run('pwd; printf "%s" "$ODD"; echo made > made; exit 7', { environment });

      expect(exitCode).toBe(7);
      expect(out).toBe(`${source}\n${environment.ODD}`);
      expect(readFileSync(join(source, 'made'), 'utf8')).toBe('made\n');
      expect(await cell.verdict()).toBeNull();
    });

    it('shows the environment to nobody outside, and nothing of ours inside', async () => {
      const { run } = await worldIn(sandbox);
      let seen: string[] = ['not looked'];

      const { out } = await run('echo ready; sleep 0.3; cat /proc/1/environ /proc/1/cmdline; env', {
        environment: { TOKEN: 'hunter2-canary' },
        onOutput: () => {
          seen = living('hunter2-canary');
        },
      });

      expect(seen).toEqual([]);
      expect(out).not.toContain('VITEST');
    });

    it('says why a program cannot be started at all', async () => {
      const { cell, source } = await worldIn(sandbox);
      const start = (argv: string[]) =>
        cell.confine(
          { argv, folder: source, environment: { PATH: process.env.PATH ?? '' } },
          { stage: 'Build', network: 'none' },
        );
      writeFileSync(join(source, 'locked.sh'), '#!/bin/sh\n', { mode: 0o644 });

      expect((await start(['no-such-program'])).failure?.code).toBe('ENOENT');
      expect((await start(['./missing.sh'])).failure?.code).toBe('ENOENT');
      expect((await start(['./locked.sh'])).failure?.code).toBe('EACCES');
      expect((await start(['printf', 'a\0b'])).failure?.code).toBe('ERR_INVALID_ARG_VALUE');
    });

    it('lets a program that is told to stop tidy up, and nothing survives it', async () => {
      const { run, source } = await worldIn(sandbox);
      const word = `canary-${source.replaceAll('/', '-')}`;
      const stop = new AbortController();
      const escapee = `(trap "" TERM HUP; exec setsid bash -c 'trap "" TERM; : ${word}; while :; do sleep 1; done') &`;
      const script = `${escapee} ( ${escapee} ) ; nohup sleep 1000 >/dev/null & trap 'echo tidy > tidied; exit 3' TERM; echo ready; while :; do sleep 0.05; done`;

      const { exitCode } = await run(script, { stop: stop.signal, onOutput: () => stop.abort() });

      expect(exitCode).toBe(3);
      expect(readFileSync(join(source, 'tidied'), 'utf8')).toBe('tidy\n');
      expect(living(word)).toEqual([]);
    });

    it('shows neither the agent, nor the homes, nor the processes of the machine', async () => {
      const { run, outside } = await worldIn(sandbox);
      writeFileSync(join(outside, 'key'), 'canary');
      mkdirSync(join(outside, 'workspaces', 'b2-1'));

      const { out } = await run(
        `cat ${outside}/key; ls ${outside} ${outside}/workspaces; ls /root /home /sys /run; ls -d /proc/${process.pid}; kill -0 ${process.pid}; kill -9 -1; echo never`,
      );

      expect(out).not.toContain('canary');
      expect(out).not.toContain('b2-1');
      expect(out).toContain("cannot access '/root'");
      expect(out).toContain(`cannot access '/proc/${process.pid}'`);
      expect(out).toContain(`(${process.pid}) - No such process`);
    });

    it('gives no way to more rights: no namespaces, no mounts, no programs of root, nothing to write in the system', async () => {
      const { run } = await worldIn(sandbox);

      const { out } = await run(
        'unshare --user true; unshare --net true; mount -t tmpfs x /tmp; cp /usr/bin/id ./own; chmod u+s own; ./own -u; grep -E "^(CapEff|CapBnd|NoNewPrivs|Seccomp):" /proc/self/status; for at in /usr /etc /dev / /var /proc/sys/kernel; do touch $at/x 2>/dev/null && echo wrote $at; done; id -u',
      );

      expect(out.match(/unshare failed: Operation not permitted/g)).toHaveLength(2);
      expect(out).toMatch(/mount: .*(permission denied|must be superuser)/);
      expect(out).toMatch(/CapEff:\s*0+\nCapBnd:\s*0+\nNoNewPrivs:\s*1\nSeccomp:\s*2/);
      expect(out).not.toContain('wrote');
      expect(out.trim().split('\n').at(-1)).not.toBe('0');
    });

    it('reaches the network when it may, and nothing at all when it may not', async () => {
      const { run } = await worldIn(sandbox);
      const server = createServer((_, response) => response.end('reached'));
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => void server.close());
      const { port } = server.address() as AddressInfo;
      const ask = `exec 3<>/dev/tcp/127.0.0.1/${port} && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3`;

      expect((await run(ask)).out).not.toContain('reached');
      expect((await run(ask, { network: 'machine' })).out).toContain('reached');
    });

    it('leads out where it shall, and to no service of the machine or of its cloud', async ({ skip }) => {
      if (!sandbox.outward && process.env.CI) throw new Error(`no network that only leads out: ${await whyNoOutlet()}`);
      skip(!sandbox.outward, `no network that only leads out: ${await whyNoOutlet()}`);
      const { run } = await worldIn(sandbox);
      const [inside, outside] = [await greeting('127.0.0.1'), await greeting('0.0.0.0')];
      const ask = (at: string) => `{ exec 3<>/dev/tcp/${at} && cat <&3; } 2>&1`;
      const [own] = Object.values(networkInterfaces()).flatMap((them = []) =>
        them.filter((it) => !it.internal && it.family === 'IPv4'),
      );

      const { out } = await run(
        `${ask(`127.0.0.1/${inside}`)}; ${ask(`10.0.2.2/${inside}`)}; ${ask('169.254.169.254/80')}; echo; ${ask(`${own?.address}/${outside}`)}; cat /etc/resolv.conf; unshare --net true; id -u`,
        { network: 'outward' },
      );

      expect(out).toMatch(/127.0.0.1.*refused[\s\S]*10.0.2.2[\s\S]*169.254.169.254.*(No route|unreachable)/);
      expect(out.match(/reached/g)).toHaveLength(1);
      expect(out).toContain('nameserver 10.0.2.3');
      expect(out.trim().split('\n').at(-1)).not.toBe('0');
    });

    it.each([
      ['processes', BOMBS.processes, 'reached its 60 processes'],
      ['memory', BOMBS.memory, 'ran out of its memory (limit 400 MB)'],
      ['disk, by one file', BOMBS.oneFile, 'filled its disk space (limit 30 MB)'],
      ['disk, by /tmp', BOMBS.temporaryFiles, 'filled its disk space (limit 30 MB)'],
      ['disk, by files without end', BOMBS.emptyFiles, 'filled its disk space (limit 30 MB)'],
    ])('names the limit that struck: %s', async (_, script, verdict) => {
      const { run, cell, source } = await worldIn(sandbox);

      const { exitCode } = await run(script);

      expect(exitCode).not.toBe(0);
      expect(await cell.verdict()).toBe(verdict);
      for (const folder of [source, join(source, '..', 'tmp')])
        for (const name of readdirSync(folder)) rmSync(join(folder, name), { recursive: true });
      expect((await run('echo well')).out).toBe('well\n');
      expect(await cell.verdict()).toBeNull();
    });

    it('holds programs back at their limit of cores, and says for how long where it counts', async () => {
      // A busy machine gives a program less than a tenth of a core by itself: then nothing has to be held back.
      const { run, cell } = await worldIn(sandbox, { cores: 0.01 });

      const { exitCode } = await run('for ((i = 0; i < 3000; i++)); do :; done');

      expect(exitCode).toBe(0);
      expect(await cell.verdict()).toBeNull();
      const heldBackMs = (await cell.heldBackMs?.()) ?? 0;
      expect(heldBackMs > 0).toBe(sandbox.name === 'bwrap+cgroup');
    });

    it('keeps memory that programs share small, and leaves nothing in it', async () => {
      const { run } = await worldIn(sandbox);

      const { out } = await run(
        'for i in 1 2 3 4; do head -c 25000000 /dev/zero > /dev/shm/fill$i; done; du -sm /dev/shm',
      );

      expect(out).toContain('No space left on device');
      expect(out).toMatch(/^6\d\s+\/dev\/shm$/m);
      expect(existsSync('/dev/shm/fill1')).toBe(false);
    });

    it('lets what we put there later be changed as well', async () => {
      const { run, cell, source } = await worldIn(sandbox);
      await run('true');
      mkdirSync(join(source, 'restored'), { mode: 0o755 });
      writeFileSync(join(source, 'restored', 'file'), 'ours', { mode: 0o644 });

      await cell.give([join(source, 'restored')]);

      expect((await run('echo theirs > restored/file && cat restored/file')).out).toBe('theirs\n');
    });
  });
}

// Bubblewrap is what our own machines build in; the other rungs take what few machines have, and are held to it there.
for (const rung of RUNGS) {
  const found = await probed(rung, {});
  if (typeof found !== 'string' || rung.name.startsWith('bwrap')) contractOf(rung, found);
}
