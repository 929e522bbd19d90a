import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { git } from '@gityard/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type TestYard, testYard, UNHURRIED, UNNOTED } from './agent.fixture.ts';

let yard: TestYard;
beforeEach(async () => {
  // What an agent writes down of itself could come through after it has ended.
  yard = await testYard({ ...UNHURRIED, ...UNNOTED });
});
afterEach(() => yard.close());

it('keeps a copy of the yard in its home, from one life to the next', async () => {
  await live();
  const copy = await copyOf('build1');
  expect(await git(['fsck', '--strict', '--no-dangling'], { cwd: copy })).toBe('');
  expect(await headOf(copy)).toBe(await headOf(yard.repository));

  const agent = await yard.start('build1');
  await yard.untilStatus(await yard.add(['true']), 'succeeded');
  agent.drain();
  await agent.exit;

  expect(agent.events.filter((it) => it.kind === 'loop-failed')).toEqual([]);
  expect(await headOf(copy)).toBe(await headOf(yard.repository));
});

it('does its work while its copy cannot be kept, and says so once', async () => {
  await mkdir(yard.homeOf('build1'));
  await writeFile(join(yard.homeOf('build1'), 'objects'), 'a file where a folder should be');

  const agent = await yard.start('build1');
  const { text } = await agent.told('loop-failed', (it) => it.loop === 'local copy');
  await yard.untilStatus(await yard.add(['true']), 'succeeded');
  await yard.untilStatus(await yard.add(['true']), 'succeeded');

  expect(text).toContain(join(yard.homeOf('build1'), 'objects'));
  const told = agent.events.filter((it) => it.kind === 'loop-failed' && it.loop === 'local copy');
  expect(told).toHaveLength(1);
  await yard.beat('build1', (it) => it.loops.some(({ name, error }) => name === 'local copy' && error !== null));
});

it('begins its copy anew when it is damaged', async () => {
  await live();
  await rm(join(await copyOf('build1'), 'refs'), { recursive: true });

  const agent = await yard.start('build1');
  await agent.told('loop-failed', (it) => /lies in .*\.bad-/.test(it.text));
  await agent.told('loop-recovered', (it) => it.loop === 'local copy');
  await yard.untilStatus(await yard.add(['true']), 'succeeded');
});

it('knows a history that was rewritten while it was away, until a person accepts it', async () => {
  await live();
  const other = await rewrite();

  const refused = await yard.start('build1', { once: true });
  expect(await refused.exit).toMatchObject({ code: 5, error: 'HISTORY_REWRITTEN', hint: /--accept-rewrite/ });
  expect(await headOf(yard.repository)).toBe(other);
  const accepting = await yard.start('build1', { acceptRewrite: true });
  await accepting.told('registered');
  await accepting.told('rewrite-accepted');
  accepting.drain();
  await accepting.exit;

  await live();
});

/** One whole life of build1. */
async function live(): Promise<void> {
  const agent = await yard.start('build1');
  await agent.told('registered');
  agent.drain();
  expect(await agent.exit).toMatchObject({ code: 0 });
}

async function rewrite(): Promise<string> {
  const cwd = yard.repository;
  const other = (await git(['commit-tree', 'refs/heads/yard^{tree}', '-m', 'another history'], { cwd })).trim();
  await git(['update-ref', 'refs/heads/yard', other], { cwd });
  return other;
}

async function copyOf(agent: string): Promise<string> {
  const folder = join(yard.homeOf(agent), 'objects');
  const name = (await readdir(folder)).find((it) => /^yard-[0-9a-f]+\.git$/.test(it));
  return join(folder, name ?? 'none.git');
}

const headOf = async (cwd: string): Promise<string> => (await git(['rev-parse', 'refs/heads/yard'], { cwd })).trim();
