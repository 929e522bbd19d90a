/** `release-notes.ts v1.2.3`: prints what the changelog says of that version, and fails where tag, version and changelog differ. */
import { readFile } from 'node:fs/promises';
import { notesOf } from './pack/notes.ts';

const [tag = ''] = process.argv.slice(2);
const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

try {
  const { version } = JSON.parse(await read('../package.json')) as { version: string };
  process.stdout.write(notesOf({ tag, version, changelog: await read('../CHANGELOG.md') }));
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 1;
}
