/** What a command costs a processor from its start to its end: nothing but Node, the built program, and the packed one where it is. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { temporaryFolder } from '../../temporary.ts';
import { cpuSince, cpuTime } from '../cpu.ts';
import { type Micro, type MicroResult, summarise } from './micro.ts';

const inCli = (path: string): string => fileURLToPath(new URL(`../../../../cli/${path}`, import.meta.url));
const PROGRAMS: Readonly<Record<string, string>> = {
  built: inCli('dist/main.js'),
  packed: inCli('package/dist/main.js'),
};

export const startUp: Micro = async ({ server, size }) => {
  const world = await server.makeWorld('start-up');
  const { path, remove } = await temporaryFolder();
  const env = { PATH: process.env.PATH, HOME: path, GITYARD_YARD: world.url, GITYARD_AGENT: 'starter' };
  const commands = { help: ['--help'], status: ['status'], 'job-add': ['job', 'add', '--', 'true'] };
  const measured = async (words: readonly string[]): Promise<number[]> => {
    const costs: number[] = [];
    for (let turn = 0; turn < (size === 'quick' ? 3 : 10); turn++) {
      const before = cpuTime();
      await promisify(execFile)(process.execPath, words, { env, cwd: path });
      costs.push(cpuSince(before).childrenMs);
    }
    return costs;
  };
  try {
    const results: MicroResult[] = [
      summarise({ key: 'start-node', what: 'processor, Node alone' }, await measured(['--eval', '0'])),
    ];
    for (const [how, program] of Object.entries(PROGRAMS)) {
      if (!existsSync(program)) continue;
      for (const [name, words] of Object.entries(commands))
        results.push(
          summarise(
            { key: `start-${name}-${how}`, what: `processor, ${words.join(' ')}, ${how}` },
            await measured([program, ...words]),
          ),
        );
    }
    return results;
  } finally {
    await remove();
  }
};
