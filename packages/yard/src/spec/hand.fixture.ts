/**
 * For specs: a yard in a real repository, and a hand that commits with Git's plumbing what no careful client would: any
 * name, any mode, any bytes, any parents.
 */
import { join } from 'node:path';
import { git, temporaryFolder } from '@gityard/testing';
import { createYard } from '../create-yard.ts';
import { openYard } from '../open-yard.ts';
import type { Yard } from '../yard.ts';

export interface HandMadeFile {
  readonly path: string | Buffer;
  readonly mode?: string;
  readonly content?: string | Uint8Array;
  /** Instead of content: an object that is there, or for a submodule need not be. */
  readonly oid?: string;
}

export interface Hand {
  /** Git in the repository, without the newline at its end. */
  git(args: readonly string[], input?: string | Buffer): Promise<string>;
  /** A commit on the branch, or on nothing at all. Resolves with its name; the branch is moved to it. */
  commit(message: string, files: readonly HandMadeFile[], parents?: readonly string[]): Promise<string>;
  head(): Promise<string>;
  moveTo(commit: string): Promise<void>;
  /** Every path of the branch as its bytes. */
  paths(): Promise<readonly string[]>;
  start(actor: string): Promise<Yard>;
  close(): Promise<void>;
}

export const BRANCH = 'refs/heads/yard';
// What Git would refuse for the sake of other systems is exactly what the specs are about.
const UNPROTECTED = ['-c', 'core.protectNTFS=false', '-c', 'core.protectHFS=false'];

export async function handMadeYard(settings: Readonly<Record<string, string>> = {}): Promise<Hand> {
  const { path: folder, remove } = await temporaryFolder();
  const cwd = join(folder, 'yard.git');
  await git(['init', '-q', '--bare', cwd], { cwd: folder });
  for (const [key, value] of Object.entries(settings)) await git(['config', key, value], { cwd });
  await createYard({ address: cwd, actor: 'founder', config: { name: 'acme' } });
  const env = { GIT_INDEX_FILE: join(folder, 'index') };
  const open: Yard[] = [];

  const run: Hand['git'] = async (args, input) =>
    (await git([...UNPROTECTED, ...args], { cwd, env, ...(input === undefined ? {} : { input }) })).trimEnd();
  const oidOf = ({ oid, content = '' }: HandMadeFile) =>
    oid === undefined ? run(['hash-object', '-w', '--stdin'], Buffer.from(content)) : Promise.resolve(oid);
  const entryOf = async (file: HandMadeFile) =>
    Buffer.concat([Buffer.from(`${file.mode ?? '100644'} ${await oidOf(file)}\t`), Buffer.from(file.path), NUL]);

  return {
    git: run,
    commit: async (message, files, parents) => {
      const onto = parents ?? [await run(['rev-parse', BRANCH])];
      await run(onto[0] === undefined ? ['read-tree', '--empty'] : ['read-tree', onto[0]]);
      const entries = [];
      for (const file of files) entries.push(await entryOf(file));
      await run(['update-index', '--replace', '-z', '--index-info'], Buffer.concat(entries));
      const tree = await run(['write-tree', '--missing-ok']);
      const commit = await run(['commit-tree', tree, '-m', message, ...onto.flatMap((it) => ['-p', it])]);
      await run(['update-ref', BRANCH, commit]);
      return commit;
    },
    head: () => run(['rev-parse', BRANCH]),
    moveTo: async (commit) => void (await run(['update-ref', BRANCH, commit])),
    paths: async () => (await run(['ls-tree', '-r', '-z', '--name-only', BRANCH])).split('\0'),
    start: async (actor) => {
      const yard = openYard({ address: cwd, actor });
      open.push(yard);
      await yard.refresh();
      return yard;
    },
    close: async () => {
      for (const yard of open) await yard.close();
      await remove();
    },
  };
}

const NUL = Buffer.from([0]);
