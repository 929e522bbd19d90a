/**
 * Who reads our answer may leave early (`| head`): that ends us, and is no failure. An answer that cannot be written (a full
 * disk) is one. What goes to stderr and cannot be written is lost, as there is nowhere else to say it: a build server must
 * not end, and leave its builds, because the `tee` that kept its log got the same Ctrl-C.
 */
import type { Io } from './start/io.ts';

export function endOnFailingOutput(io: Io, exit: (code: number) => void = process.exit): void {
  const onError = async (error: NodeJS.ErrnoException): Promise<void> => {
    if (error.code === 'EPIPE') return exit(0);
    const { drawError } = await import('./output.ts');
    exit(drawError(io, Object.assign(error, { path: 'the output' }), { json: false, debug: false }));
  };
  io.stdout.on('error', (error) => void onError(error));
  io.stderr.on('error', () => undefined);
}
