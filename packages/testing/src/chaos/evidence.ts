/**
 * What a run left behind, read by plain git and from plain files: the judge must not depend on the code that it judges. The
 * operations are taken from the messages of the commits, the state from the files at the head.
 */
import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { git } from '../git.ts';

export interface JobRecord {
  readonly id: string;
  readonly parameters: { readonly tag?: string };
  readonly status: string;
  readonly token: number;
  readonly attempts: readonly { readonly token: number; readonly status: string; readonly agent: string }[];
}

interface OperationRecord {
  readonly operation: string;
  readonly job: string;
  readonly token: number;
}

export interface Evidence {
  readonly jobs: readonly JobRecord[];
  readonly messages: readonly { readonly id: string; readonly subject: string }[];
  /** Oldest first. */
  readonly operations: readonly OperationRecord[];
  /** `<job>.<token>` → what the job's command left there under that token. */
  readonly marks: ReadonlyMap<string, readonly string[]>;
  /** `begin <token>` and `end <token>`, in the order in which they happened. */
  readonly lock: readonly string[];
}

export interface Place {
  readonly folder: string;
  readonly repository: string;
  readonly effects: string;
}

export async function gather({ folder, repository, effects }: Place): Promise<Evidence> {
  const clone = await mkdtemp(join(folder, 'evidence-'));
  await git(['clone', '--quiet', '--branch', 'yard', repository, clone], { cwd: folder });
  const history = await git(['log', '--reverse', '--format=%B', 'yard'], { cwd: clone });
  return {
    jobs: await recordsIn<JobRecord>(clone, ['shared/jobs', 'shared/archive/jobs']),
    messages: await recordsIn(clone, ['shared/messages', 'shared/archive/messages']),
    operations: operationsIn(history),
    marks: await marksIn(effects),
    lock: await linesOf(join(effects, 'deploy.lock')),
  };
}

async function recordsIn<Entity>(clone: string, folders: readonly string[]): Promise<Entity[]> {
  const found: Entity[] = [];
  for (const folder of folders) {
    const names = await readdir(join(clone, folder), { recursive: true }).catch(() => []);
    for (const name of names.filter((it) => it.endsWith('.json')))
      found.push(JSON.parse(await readFile(join(clone, folder, name), 'utf8')) as Entity);
  }
  return found;
}

/** Each begins with a line `Operation:`, and says no more of itself once a line comes that is no trailer. */
function operationsIn(history: string): OperationRecord[] {
  return history
    .split(/^(?=Operation: )/m)
    .slice(1)
    .map((text) => {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(text.split('\n\n')[0] ?? '')?.[1] ?? '';
      return { operation: field('Operation'), job: field('Job'), token: Number(field('Token')) };
    });
}

async function marksIn(effects: string): Promise<Map<string, string[]>> {
  const names = (await readdir(effects)).filter((it) => !it.endsWith('.lock'));
  return new Map(await Promise.all(names.map(async (it) => [it, await linesOf(join(effects, it))] as const)));
}

async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').filter((line) => line !== '');
}
