/**
 * Which version of a tool builds here, as the tool itself says it in the checkout: wrappers and the files of a repository
 * choose among several, so what it said elsewhere says nothing. It is part of every input hash, and one that is guessed would
 * quietly build everything anew; hence an answer, or the end of the build.
 */
import { BuildError } from '../build-error.ts';
import type { Answer, Ground } from './toolchain.ts';

export const NOT_THERE = 'none';

/** Its whole answer, or `none` where there is no such tool. */
export async function askVersion(probe: Ground['probe'], argv: readonly string[]): Promise<string> {
  const first = await probe(argv);
  // A machine without a free process or page for a moment has them the next.
  const { exitCode, output, isMissing } = isAnswer(first) ? first : await probe(argv);
  if (isMissing) return NOT_THERE;
  if (exitCode === 0) return output;
  const how = exitCode === null ? 'was killed' : `ended with exit code ${exitCode}`;
  const said = output.trim().split('\n')[0]?.slice(0, 200) || 'it says nothing';
  throw new BuildError(
    exitCode === null ? 'infrastructure' : 'code',
    `nobody can say which version of ${argv[0]} builds here: ${argv.join(' ')} ${how} twice (${said})`,
    { exitCode },
  );
}

const isAnswer = ({ exitCode, isMissing }: Answer): boolean => exitCode === 0 || isMissing === true;
