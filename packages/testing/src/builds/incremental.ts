/**
 * Fifty projects, built once and then again after one file changed: only the project of that file and those that need it are
 * built, as the log says and as the compiler's own words in it count.
 */
import { check, compiled, say } from './say.ts';
import { libraryName, solutionFiles, sourcePath } from './solution.ts';
import { yardOfOne } from './yard-of-one.ts';

export async function show({ libraries = 40, tested = 10 } = {}): Promise<void> {
  const all = libraries + tested;
  const files = solutionFiles({ libraries, tested });
  const yard = await yardOfOne(files);
  try {
    const first = await yard.build('Incremental');
    say('all of it', first);
    check(first.status === 'succeeded' && compiled(first).length === all, `${all} projects are built at first`);

    const changed = Math.floor(libraries / 2);
    yard.commit({ [sourcePath(changed)]: `${files[sourcePath(changed)]}// changed\n` });
    const second = await yard.build('Incremental');
    say(`after a change of ${libraryName(changed)}`, second);
    const built = compiled(second);
    check(built.includes(libraryName(changed)), 'the changed project is built');
    check(built.length < all, `${built.length} of ${all} are built: ${built.join(' ')}`);
    check(
      second.built?.includes(`; ${built.length} built with their dependents, ${all - built.length} kept`) ?? false,
      'the sentence counts the same',
    );

    const third = await yard.build('Incremental');
    say('after no change', third);
    check(compiled(third).length === 0, 'nothing changed, and nothing is built');
    check((await yard.audit()).includes('"ok":true'), 'the audit finds nothing wrong');
  } finally {
    await yard.close();
  }
}
