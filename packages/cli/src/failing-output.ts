/**
 * Who reads our output may leave early (`| head`): that ends us, and is no failure. An answer that cannot be written (a full
 * disk) is one. Complaints that cannot be written are lost: there is nowhere else to say them.
 */
import type { Writable } from 'node:stream';
import type { Io } from './start/io.ts';

export function endOnFailingOutput(io: Io): void {
  const onError = async (error: NodeJS.ErrnoException, stream: Writable): Promise<void> => {
    if (error.code === 'EPIPE') process.exit(0);
    if (stream === io.stderr) return;
    const { drawError } = await import('./output.ts');
    process.exit(drawError(io, Object.assign(error, { path: 'the output' }), { json: false, debug: false }));
  };
  for (const stream of [io.stdout, io.stderr]) stream.on('error', (error) => void onError(error, stream));
}
