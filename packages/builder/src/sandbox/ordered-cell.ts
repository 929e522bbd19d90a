/**
 * The cell of a rung that does not start programs itself but orders them from an engine or from the system's manager, by a
 * name for each. They are no descendants of ours: whatever happens to the order, what was ordered is ended by its name.
 */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type BuildUser, giveAll, handOver } from './build-user.ts';
import { effectiveLimits } from './effective-limits.ts';
import { type Quoting, writeEnvironment } from './environment-file.ts';
import type { Cell, CellRequest, Limits, Program } from './sandbox.ts';
import { type Strikes, sizeText, watchStrikes } from './strikes.ts';

export interface Order {
  readonly name: string;
  readonly program: Program;
  readonly environmentFile: string;
  readonly network: boolean;
  readonly limits: Limits;
  readonly request: CellRequest;
  readonly user: BuildUser | null;
}

export interface Ordering {
  readonly user: BuildUser | null;
  readonly quoting: Quoting;
  argv(order: Order): string[];
  /** Commands that end what was ordered by a name; each may fail. */
  ending(name: string): string[][];
  /** Asks whether memory ran out; what it prints is compared with `true` and `oom-kill`. */
  asking(name: string): string[];
}

const OUTSIDE = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', HOME: process.env.HOME ?? '/' };

const run = promisify(execFile);
const attempt = ([name = '', ...args]: string[]): Promise<string> =>
  run(name, args, { env: OUTSIDE }).then(
    ({ stdout }) => stdout.trim(),
    // It is gone already, which is what was wanted.
    () => '',
  );

export async function openOrderedCell(request: CellRequest, ordering: Ordering): Promise<Cell> {
  const { user, quoting } = ordering;
  const limits = await effectiveLimits(request.limits, tmpdir());
  const folder = await mkdtemp(join(tmpdir(), 'gityard-orders-'));
  const names: string[] = [];
  const kill = async () => {
    for (const command of names.flatMap(ordering.ending)) await attempt(command);
  };
  const struck = async () => {
    const answers = await Promise.all(names.map((name) => attempt(ordering.asking(name))));
    return answers.some((it) => /\b(true|oom-kill)\b/.test(it)) ? 'memory' : null;
  };
  let strikes: Promise<Strikes> | undefined;
  return {
    async confine(program, { network }) {
      if (strikes === undefined && user) await handOver(request.writable, user);
      strikes ??= watchStrikes({ limits, writable: request.writable, struck: async () => null, kill });
      const name = `gityard-${process.pid}-${request.id}-${names.length}`;
      names.push(name);
      const environmentFile = await writeEnvironment(folder, program.environment, quoting);
      const order = { name, program, environmentFile, limits, request, user };
      const argv = ordering.argv({ ...order, network: network !== 'none' });
      const environment = { ...OUTSIDE, ...request.marks };
      return { argv, folder: '/', environment, descriptors: [], failure: null, guarded: false };
    },
    give: async (paths) => (user ? giveAll(paths, user) : undefined),
    async verdict() {
      const ofMemory = await struck();
      if (ofMemory) return `ran out of its memory (limit ${sizeText(limits.memoryBytes)})`;
      return (await strikes)?.verdict() ?? null;
    },
    async close() {
      await (await strikes)?.close();
      await kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
