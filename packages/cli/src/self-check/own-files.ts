/** Whether the files of the program are those that were packed: `files.sha256` of its package names each with its digest. */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, fine, wrong } from '../doctor/check.ts';
import { PACKAGE_FOLDER } from '../place.ts';
import { plural } from '../text/words.ts';

/** As sha256sum writes it: the digest, two blanks (or a blank and a star), the path. */
const LINE = /^([0-9a-f]{64}) [ *](.+)$/;
const DIGESTS_FILE = 'files.sha256';
const REMEDY = 'install it anew: npm install -g gityard';

export async function checkOwnFiles(own = PACKAGE_FOLDER): Promise<Finding> {
  const listed = await readFile(join(own, DIGESTS_FILE), 'utf8').catch(nothing);
  if (listed === undefined) return fine(`development: there is no ${DIGESTS_FILE} in ${own} to compare with`);
  const lines = listed.split('\n').filter((it) => it !== '');
  if (lines.length === 0) return wrong(`${DIGESTS_FILE} names no file`, REMEDY);
  const problems = await Promise.all(lines.map((it) => problemOf(own, it)));
  const [first, ...others] = problems.filter((it) => it !== null);
  if (first === undefined) return fine(`${plural(lines.length, 'file')} in ${own}, each as it was packed`);
  return wrong(others.length === 0 ? first : `${first}, and ${others.length} more`, REMEDY);
}

async function problemOf(folder: string, line: string): Promise<string | null> {
  const [, digest, path] = LINE.exec(line) ?? [];
  if (path === undefined) return `${DIGESTS_FILE} cannot be read: ${JSON.stringify(line.slice(0, 100))}`;
  const bytes = await readFile(join(folder, path)).catch(nothing);
  if (bytes === undefined) return `${path} is missing`;
  return createHash('sha256').update(bytes).digest('hex') === digest ? null : `${path} is not as it was packed`;
}

function nothing(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ENOTDIR' || error.code === 'EISDIR') return undefined;
  throw error;
}
