/**
 * What stands in a bench repository before the first writer comes: a yard of 256 jobs, one in each folder, written
 * straight into the bare repository by Git's own importer, so that no variant prepares the ground for itself.
 */
import type { Job } from '@gityard/domain';
import { world } from '@gityard/domain/spec';

import { git } from '../git.ts';
import { jobPathOf } from './operation.ts';

export const BRANCH = 'yard';
export const REF = `refs/heads/${BRANCH}`;
const FOLDERS = 256;

/** One job in each folder, or so many. Resolves with the commit that the bench starts from. */
export async function seed(repository: string, count?: number): Promise<string> {
  const ids = count === undefined ? [...seedIds()] : Array.from({ length: count }, (_, number) => `seed-${number}`);
  const files = ids.map((id) => [jobPathOf(id), jsonOf({ ...sampleJob(), id })] as const);
  const yard = ['yard.json', jsonOf({ name: 'bench', schemaVersion: 1 })] as const;
  await importCommits(repository, [commitOf('begin the yard', [yard, ...files])]);
  // isomorphic-git clones nothing from a repository whose HEAD leads nowhere.
  await git(['symbolic-ref', 'HEAD', REF], { cwd: repository });
  return headOf(repository);
}

/** Somebody else's commits, a job each: what a reader who was away has to catch up with. */
export async function appendCommits(repository: string, ids: readonly string[]): Promise<void> {
  const commits = ids.map((id, index) => {
    const job = [jobPathOf(id), jsonOf({ ...sampleJob(), id })] as const;
    return commitOf(`submit job ${id}`, [job], index === 0 ? `from ${REF}^0\n` : '');
  });
  await importCommits(repository, commits);
}

export async function headOf(repository: string): Promise<string> {
  return (await git(['rev-parse', REF], { cwd: repository })).trim();
}

/** A queued job as the domain's own schema makes it. */
export function sampleJob(): Job {
  const fields = { command: ['make', 'all'], branch: 'main', repository: 'https://git.example.org/acme/app.git' };
  const job = world().job('seed', fields).state.jobs.get('seed');
  if (!job) throw new Error('a world without the job that was put there');
  return job;
}

/** One id for each of the 256 folders. */
function seedIds(): Iterable<string> {
  const byFolder = new Map<string, string>();
  for (let number = 0; byFolder.size < FOLDERS; number++) {
    const id = `seed-${number}`;
    const folder = jobPathOf(id).split('/').slice(0, -1).join('/');
    if (!byFolder.has(folder)) byFolder.set(folder, id);
  }
  return byFolder.values();
}

const jsonOf = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

function commitOf(message: string, files: readonly (readonly [string, string])[], from = ''): string {
  const head = `commit ${REF}\ncommitter Bench <bench@example.org> 1772452800 +0000\n${data(message)}${from}`;
  return head + files.map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`).join('');
}

const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;

async function importCommits(repository: string, commits: readonly string[]): Promise<void> {
  await git(['fast-import', '--quiet'], { cwd: repository, input: commits.join('\n') });
}
