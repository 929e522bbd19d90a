/** For specs: a person who edits the yard as people do, by ordinary commits with an ordinary git. */
import { git } from '@gityard/testing';

/** Puts one file on the head of the state branch, whoever else writes at the time. */
export async function commitFile(repository: string, path: string, text: string): Promise<void> {
  const cwd = repository;
  const blob = (await git(['hash-object', '-w', '--stdin'], { cwd, input: text })).trim();
  const env = { GIT_INDEX_FILE: `${cwd}/person.index` };
  for (let tries = 0; tries < 20; tries++) {
    const head = (await git(['rev-parse', 'refs/heads/yard'], { cwd })).trim();
    await git(['read-tree', head], { cwd, env });
    await git(['update-index', '--add', '--cacheinfo', `100644,${blob},${path}`], { cwd, env });
    const tree = (await git(['write-tree'], { cwd, env })).trim();
    const commit = (await git(['commit-tree', tree, '-p', head, '-m', `add ${path}`], { cwd })).trim();
    const moved = await git(['update-ref', 'refs/heads/yard', commit, head], { cwd }).catch(() => undefined);
    if (moved !== undefined) return;
  }
  throw new Error('the head never stood still');
}
