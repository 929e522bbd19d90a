/** The bench's handle on its Git server: make a seeded repository, ask what has passed through it so far. */
import { join } from 'node:path';

import { startChild } from './child.ts';
import type { ToServer, Traffic } from './messages.ts';
import { seed } from './seed.ts';

export interface BenchServer {
  makeWorld(name: string): Promise<World>;
  close(): Promise<void>;
}

/** One repository, where a cell or a micro measurement is alone. */
export interface World {
  readonly name: string;
  readonly url: string;
  /** The bare repository on disk. */
  readonly repository: string;
  /** The commit that everybody starts from. */
  readonly base: string;
  /** For what a writer keeps beside it; not made yet. */
  readonly folder: string;
  traffic(): Promise<Traffic>;
}

export async function startServer({ folder, delayMs }: { folder: string; delayMs: number }): Promise<BenchServer> {
  const child = startChild('server-program', [join(folder, 'server'), `${delayMs}`]);
  const url = await child.next<string>();
  const ask = <Answer>(message: ToServer): Promise<Answer> => {
    child.send(message);
    return child.next<Answer>();
  };

  async function makeWorld(name: string): Promise<World> {
    const repository = await ask<string>({ kind: 'create', name });
    const base = await seed(repository);
    const traffic = () => ask<Traffic>({ kind: 'traffic', name });
    return { name, url: `${url}/${name}.git`, repository, base, folder: join(folder, name), traffic };
  }

  async function close(): Promise<void> {
    await ask({ kind: 'close' });
    await child.stop();
  }

  return { makeWorld, close };
}

export function trafficBetween(before: Traffic, after: Traffic): Traffic {
  return {
    requests: after.requests - before.requests,
    bytesUp: after.bytesUp - before.bytesUp,
    bytesDown: after.bytesDown - before.bytesDown,
    cpuMs: after.cpuMs - before.cpuMs,
  };
}
