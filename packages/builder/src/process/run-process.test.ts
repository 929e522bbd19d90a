import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../specs/world.ts';
import { type ProcessOptions, runProcess } from './run-process.ts';

function options(argv: string[], part: Partial<ProcessOptions> = {}): ProcessOptions {
  const folder = part.folder ?? temporaryFolder();
  return {
    argv,
    folder,
    environment: { PATH: process.env.PATH ?? '', MARK: folder },
    marker: `MARK=${folder}`,
    stop: new AbortController().signal,
    graceMs: 200,
    onOutput: () => undefined,
    ...part,
  };
}

/** Living processes (not zombies, which only wait to be counted) that carry the environment entry. */
function survivors(marker: string): string[] {
  return readdirSync('/proc').filter((id) => {
    try {
      return /^\d+$/.test(id) && readFileSync(`/proc/${id}/environ`, 'utf8').split('\0').includes(marker);
    } catch {
      // Ended while we looked.
      return false;
    }
  });
}

const TRAP =
  'trap "" TERM; (setsid sh -c \'trap "" TERM; echo ready; while :; do sleep 1; done\' &) ; while :; do sleep 1; done';

describe('run-process', () => {
  it('passes words to the program as they are, without a shell', async () => {
    const output: Buffer[] = [];
    const argv = ['printf', '%s|', '$(id)', '; true', 'a\nb'];

    const end = await runProcess(options(argv, { onOutput: (chunk) => void output.push(chunk) }));

    expect(end).toMatchObject({ exitCode: 0, signal: null, failure: null });
    expect(Buffer.concat(output).toString()).toBe('$(id)|; true|a\nb|');
  });

  it('tells an exit code, a signal, and a program that does not exist apart', async () => {
    expect(await runProcess(options(['sh', '-c', 'exit 7']))).toMatchObject({ exitCode: 7, signal: null });
    expect(await runProcess(options(['sh', '-c', 'kill -SEGV $$']))).toMatchObject({
      exitCode: null,
      signal: 'SIGSEGV',
    });
    expect((await runProcess(options(['no-such-program']))).failure?.code).toBe('ENOENT');
    expect((await runProcess(options(['printf', 'a\0b']))).failure?.code).toBe('ERR_INVALID_ARG_VALUE');
  });

  it('kills a program that ignores TERM together with its child that left the group', async () => {
    const stop = new AbortController();
    const world = options(['sh', '-c', TRAP], { stop: stop.signal, onOutput: () => stop.abort() });

    const end = await runProcess(world);

    expect(end.signal).toBe('SIGKILL');
    expect(end.durationMs).toBeGreaterThanOrEqual(200);
    expect(survivors(world.marker ?? '')).toEqual([]);
  });

  it('gives a program that heeds TERM the time to end by itself', async () => {
    const stop = new AbortController();
    const script = 'trap "echo tidy; exit 3" TERM; echo ready; while :; do sleep 0.05; done';
    let output = '';
    const onOutput = (chunk: Buffer) => {
      output += chunk;
      stop.abort();
    };

    const end = await runProcess(options(['sh', '-c', script], { stop: stop.signal, graceMs: 20_000, onOutput }));

    expect(end).toMatchObject({ exitCode: 3, signal: null });
    expect(output).toContain('tidy');
  });

  it('lets nothing survive a program that ended by itself', async () => {
    const folder = temporaryFolder();
    const script = `sleep 1000 & setsid sh -c 'echo > ready; exec sleep 1000' & while [ ! -f ready ]; do sleep 0.01; done; echo done`;

    const end = await runProcess(options(['sh', '-c', script], { folder }));

    expect(end.exitCode).toBe(0);
    expect(readdirSync(folder)).toEqual(['ready']);
    expect(survivors(`MARK=${folder}`)).toEqual([]);
  });

  it('stops at once when it was told to before it began', async () => {
    const end = await runProcess(options(['sleep', '1000'], { stop: AbortSignal.abort(), graceMs: 60_000 }));

    expect(end.signal).toBe('SIGTERM');
  });

  it('lets a slow reader set the pace and loses nothing', async () => {
    let bytes = 0;
    const onOutput = async (chunk: Buffer) => {
      await new Promise((resolve) => setImmediate(resolve));
      bytes += chunk.length;
    };

    await runProcess(options(['head', '-c', '20000000', '/dev/zero'], { onOutput }));

    expect(bytes).toBe(20_000_000);
  });

  it('stops the program and throws when its reader fails', async () => {
    const world = options(['yes'], { onOutput: () => Promise.reject(new Error('disk full')) });

    await expect(runProcess(world)).rejects.toThrow('disk full');
    expect(survivors(world.marker ?? '')).toEqual([]);
  });

  it('has the working folder that it was given', async () => {
    const folder = temporaryFolder();
    const output: Buffer[] = [];

    await runProcess(options(['pwd'], { folder, onOutput: (chunk) => void output.push(chunk) }));

    expect(Buffer.concat(output).toString().trim()).toBe(folder);
  });
});
