import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { type NodeProcess, startNode } from './processes.ts';
import { type TemporaryFolder, temporaryFolder } from './temporary.ts';
import { waitFor } from './wait-for.ts';

describe('processes', () => {
  let folder: TemporaryFolder;
  let program: NodeProcess;

  beforeEach(async () => {
    folder = await temporaryFolder();
  });

  afterEach(async () => {
    await program.dispose();
    await folder.remove();
  });

  async function start(source: string, ...args: string[]): Promise<NodeProcess> {
    const script = join(folder.path, 'program.mjs');
    await writeFile(script, source);
    program = startNode(script, args, { env: { GREETING: 'hello' } });
    return program;
  }

  it('finds a line whenever it was printed, on either stream', async () => {
    await start(
      'console.log(process.env.GREETING, process.argv[2]); console.error("port 42"); setInterval(() => {}, 1e6)',
      'you',
    );

    expect((await program.waitForLine(/port (\d+)/))[1]).toBe('42');
    await program.waitForLine(/hello/);
    expect(program.stdout).toEqual(['hello you']);
  });

  it('gives up on a line when the program ends, and shows what it said', async () => {
    await start('console.log("goodbye"); process.exitCode = 3');

    await expect(program.waitForLine(/hello/)).rejects.toThrow(/the program ended with 3\ngoodbye/);
    expect(await program.exit).toEqual({ code: 3, signal: null });
  });

  it('gives up on a line when the time is over', async () => {
    await start('setInterval(() => {}, 1e6)');

    await expect(program.waitForLine(/hello/, 50)).rejects.toThrow('50 ms are over');
  });

  it('passes a signal on', async () => {
    await start('process.on("SIGTERM", () => process.exit(7)); console.log("ready"); setInterval(() => {}, 1e6)');
    await program.waitForLine(/ready/);

    program.kill();

    expect(await program.exit).toEqual({ code: 7, signal: null });
  });

  it('signals nobody any more once all of a program are gone: their number may be somebody else’s by then', async () => {
    await start('console.log("goodbye")');
    await program.exit;
    const signals = vi.spyOn(process, 'kill');
    onTestFinished(() => signals.mockRestore());

    await program.dispose();

    expect(signals).not.toHaveBeenCalled();
  });

  it('leaves nothing behind, not even the children of a program that is gone', async () => {
    await start(`
      import { spawn } from 'node:child_process';
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)']);
      console.log('child', child.pid);
      setInterval(() => {}, 1e6);
    `);
    const child = Number((await program.waitForLine(/child (\d+)/))[1]);
    program.kill('SIGKILL');
    await program.exit;

    await program.dispose();

    await waitFor(() => !isAlive(child), { what: 'the child is gone' });
  });
});

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    // There is no such process.
    return false;
  }
}
