/** A Redis of its own, without anything on disk. */
import { freePort } from '@gityard/testing';
import { type Running, startProgram } from './programs.ts';

export const REDIS_PROGRAM = 'redis-server';

export interface Redis extends Running {
  readonly url: string;
  readonly port: number;
}

export async function startRedis(folder: string): Promise<Redis> {
  const port = await freePort();
  const words = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
  const running = await startProgram([REDIS_PROGRAM, ...words], { ports: [port], folder });
  return { ...running, port, url: `redis://127.0.0.1:${port}` };
}
