/**
 * Fifty projects whose outputs come from a cache: what was built once is built by nobody again, and a change of one file builds
 * only what is made of it. Every build starts in an empty workspace.
 */
import { check, compiled, say } from './say.ts';
import { libraryName, solutionFiles, sourcePath } from './solution.ts';
import { yardOfOne } from './yard-of-one.ts';

export async function show({ libraries = 40, tested = 10 } = {}): Promise<void> {
  const all = libraries + tested;
  const files = solutionFiles({ libraries, tested });
  const yard = await yardOfOne(files);
  try {
    const first = await yard.build('Cached');
    say('nothing in the cache', first);
    check(first.cache?.misses === all, `${all} misses at first`);

    // Of the last layer, so that few need it.
    const changed = libraries - 1;
    yard.commit({ [sourcePath(changed)]: `${files[sourcePath(changed)]}// changed\n` });
    const second = await yard.build('Cached');
    say(`after a change of ${libraryName(changed)}`, second);
    const { hits, misses } = second.cache ?? { hits: 0, misses: all };
    check(hits / all >= 0.8, `${hits} of ${all} come from the cache`);
    check(compiled(second).length === misses, `${misses} misses, and so many are built: ${compiled(second).join(' ')}`);
    check(second.log.includes(`source ${sourcePath(changed)} changed`), 'the log names the input that changed');

    const third = await yard.build('Cached');
    say('after no change', third);
    check(third.cache?.hits === all && compiled(third).length === 0, 'all of it comes from the cache');
    check(third.tests?.total === first.tests?.total, 'tests that need not run again are counted');
    check((await yard.audit()).includes('"ok":true'), 'the audit finds nothing wrong');
  } finally {
    await yard.close();
  }
}
