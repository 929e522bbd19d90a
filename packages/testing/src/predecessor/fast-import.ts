/** Many commits in one run of git: each with the files that it changes, on top of the one before. */
import { git } from '../git.ts';

export interface MadeCommit {
  readonly message: string;
  /** null takes a file away. */
  readonly files: Readonly<Record<string, string | Uint8Array | null>>;
}

/** Resolves with their names. */
export async function fastImport(gitDir: string, commits: readonly MadeCommit[]): Promise<readonly string[]> {
  const parts = commits.flatMap(({ message, files }, at): (string | Uint8Array)[] => [
    `commit refs/heads/main\nmark :${at + 1}\n`,
    // Half an hour apart, from a day of the predecessor's.
    `committer build1 <build1@example.org> ${1_763_000_000 + at * 1800} +0000\n`,
    ...data(message),
    ...Object.entries(files).flatMap(([path, content]) =>
      content === null ? [`D ${path}\n`] : [`M 100644 inline ${path}\n`, ...data(content)],
    ),
  ]);
  const input = Buffer.concat(parts.map((it) => Buffer.from(it)));
  await git(['fast-import', '--quiet', '--date-format=raw'], { cwd: gitDir, input });
  await git(['symbolic-ref', 'HEAD', 'refs/heads/main'], { cwd: gitDir });
  const oids = (await git(['rev-list', '--reverse', 'refs/heads/main'], { cwd: gitDir })).trim();
  return oids.split('\n');
}

function data(content: string | Uint8Array): (string | Uint8Array)[] {
  const bytes = Buffer.from(content);
  return [`data ${bytes.length}\n`, bytes, '\n'];
}
