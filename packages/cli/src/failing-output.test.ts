import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { endOnFailingOutput } from './failing-output.ts';

const failing = (code: string) => Object.assign(new Error(`write ${code}`), { code, syscall: 'write' });

function program() {
  const io = {
    ...{ cwd: '/', env: {}, stdin: new PassThrough(), colour: 'plain' as const, terminal: null },
    ...{ stdout: new PassThrough(), stderr: new PassThrough() },
  };
  const ended = new Promise<number>((resolve) => endOnFailingOutput(io, resolve));
  return { io, ended };
}

describe('a program whose output fails', () => {
  it('ends well when the reader of its answer has left', async () => {
    const { io, ended } = program();

    io.stdout.emit('error', failing('EPIPE'));

    expect(await ended).toBe(0);
  });

  it('ends with an error when its answer cannot be written, and says so', async () => {
    const { io, ended } = program();

    io.stdout.emit('error', failing('ENOSPC'));

    expect(await ended).toBe(8);
    expect(String(io.stderr.read())).toContain('the output');
  });

  it('goes on when nobody reads what it says besides: builds would end with it', async () => {
    const { io, ended } = program();

    io.stderr.emit('error', failing('EPIPE'));
    io.stdout.emit('error', failing('ENOSPC'));

    expect(await ended).toBe(8);
  });
});
