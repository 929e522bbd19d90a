/**
 * What a build costs beside its own commands: a repository of 200 files and one short command, by our builder and by hand (a
 * shallow clone and the same command). Once in a fresh workspace, once where the build before it stopped, and once in the
 * sandbox that works here.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { chooseSandbox } from '@gityard/builder';
import { type Micro, summarise, timed } from './micro.ts';
import { cloneByHand, makeSource, oneBuild } from './one-build.ts';

const FILES = 200;
const MAKEFILE = 'all: out.txt\nout.txt: src/1.txt\n\tcat src/*.txt > out.txt\n';

export const buildOverhead: Micro = async ({ server, size }) => {
  const { folder } = await server.makeEmpty('build-overhead');
  const repository = makeSource(join(folder, 'source'), sources());
  const job = { repository, branch: 'main' };
  const times = { bare: [] as number[], fresh: [] as number[], kept: [] as number[], confined: [] as number[] };
  const choice = await chooseSandbox({ unsandboxed: true });
  const sandbox = choice.ok && choice.sandbox.name !== 'none' ? choice.sandbox : undefined;
  for (let turn = 0; turn < (size === 'quick' ? 3 : 10); turn++) {
    times.bare.push(await timed(() => byHand(repository, join(folder, `bare-${turn}`))));
    const root = join(folder, `ours-${turn}`);
    times.fresh.push(await timed(() => oneBuild({ job, folder: root })));
    times.kept.push(await timed(() => oneBuild({ job, folder: root, token: 2 })));
    const apart = { job, folder: `${root}-confined` };
    if (sandbox) times.confined.push(await timed(() => oneBuild({ ...apart, sandbox })));
  }
  const over = (all: readonly number[]) => all.map((it, turn) => it - (times.bare[turn] ?? 0));
  return [
    summarise({ key: 'build-bare', what: 'a short build by hand: clone and command' }, times.bare),
    summarise({ key: 'build-overhead', what: 'the same by the builder: on top' }, over(times.fresh)),
    summarise({ key: 'build-overhead-kept', what: 'and again in the kept workspace: on top' }, over(times.kept)),
    ...(sandbox
      ? [summarise({ key: 'build-overhead-sandbox', what: `fresh, in ${sandbox.name}: on top` }, over(times.confined))]
      : []),
  ];
};

const sources = (): Record<string, string> =>
  Object.fromEntries([
    ['Makefile', MAKEFILE],
    ...Array.from({ length: FILES }, (_, at) => [`src/${at + 1}.txt`, `${at + 1}\n`]),
  ]);

function byHand(source: string, target: string): void {
  cloneByHand(source, target);
  execFileSync('make', [], { cwd: target, stdio: 'ignore' });
}
