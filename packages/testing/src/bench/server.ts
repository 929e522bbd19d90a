/** The bench's handle on its Git server: make a seeded repository, ask what has passed through it so far. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';

import { startChild } from './child.ts';
import type { ToServer, Traffic } from './messages.ts';
import { seed } from './seed.ts';

export interface BenchServer {
  /** With a job in each of the 256 folders, or with so many files. */
  makeWorld(name: string, options?: { files?: number }): Promise<World>;
  /** For what makes its own first commit. The folder is there already. */
  makeEmpty(name: string): Promise<Pick<World, 'url' | 'repository' | 'folder'>>;
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

  const placeOf = async (name: string) => {
    const repository = await ask<string>({ kind: 'create', name });
    return { name, url: `${url}/${name}.git`, repository, folder: join(folder, name) };
  };

  async function makeWorld(name: string, { files }: { files?: number } = {}): Promise<World> {
    const place = await placeOf(name);
    const base = await seed(place.repository, files);
    return { ...place, base, traffic: () => ask<Traffic>({ kind: 'traffic', name }) };
  }

  async function makeEmpty(name: string) {
    const place = await placeOf(name);
    await mkdir(place.folder, { recursive: true });
    return place;
  }

  async function close(): Promise<void> {
    await ask({ kind: 'close' });
    await child.stop();
  }

  return { makeWorld, makeEmpty, close };
}

export function trafficBetween(before: Traffic, after: Traffic): Traffic {
  return {
    requests: after.requests - before.requests,
    bytesUp: after.bytesUp - before.bytesUp,
    bytesDown: after.bytesDown - before.bytesDown,
    cpuMs: after.cpuMs - before.cpuMs,
  };
}
