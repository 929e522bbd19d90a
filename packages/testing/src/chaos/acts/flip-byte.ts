/**
 * One byte on the disk of an agent is another one after it was killed. What its owner wrote (the policy), results that only
 * it has, and what a build makes are left alone: those it cannot get again from anybody.
 */
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

import type { AgentProcess } from '../agent-process.ts';
import { type Act, type Scene, someAgent } from './act.ts';

const LEFT_ALONE = /^(policy\.json|filling|build|unfinished|journal|spool|agent\.lock)(\/|$)/;

export const flipByte: Act = {
  name: 'flipped byte',
  weight: 1,
  async play(scene) {
    const agent = someAgent(scene);
    if (!agent) return;
    scene.world.timeline.killed([agent.setup.name]);
    await agent.kill();
    await flipIn(agent, scene);
    agent.start();
  },
};

async function flipIn({ setup }: AgentProcess, { random }: Scene): Promise<void> {
  const [first, ...others] = await filesOf(setup.home);
  if (first === undefined) return;
  const file = await open(join(setup.home, random.pick([first, ...others])), 'r+');
  try {
    const { size } = await file.stat();
    const position = Math.floor(random.between(0, size));
    const byte = Buffer.alloc(1);
    await file.read(byte, 0, 1, position);
    byte[0] = (byte[0] ?? 0) ^ (1 << Math.floor(random.between(0, 8)));
    await file.write(byte, 0, 1, position);
  } finally {
    await file.close();
  }
}

async function filesOf(home: string): Promise<string[]> {
  const names = (await readdir(home, { recursive: true })).filter((it) => !LEFT_ALONE.test(it)).sort();
  const found = await Promise.all(names.map(async (name) => ({ name, is: await stat(join(home, name)) })));
  return found.filter(({ is }) => is.isFile() && is.size > 0).map(({ name }) => name);
}
