/**
 * Where in the repository a text points to: a path as it stands there, one below the folder that was built, or one whose
 * end only one file of the repository has. The first that leads somewhere counts; a stack begins where it broke.
 */
import { relative, sep } from 'node:path';

export interface Place {
  readonly path: string;
  readonly line: number | null;
}

export interface Repository {
  readonly source: string;
  readonly paths: ReadonlySet<string>;
  /** Paths by the last part of them. */
  readonly byName: ReadonlyMap<string, readonly string[]>;
}

export function repositoryOf(source: string, paths: readonly string[]): Repository {
  const byName = new Map<string, string[]>();
  for (const path of paths) {
    const name = nameOf(path);
    byName.set(name, [...(byName.get(name) ?? []), path]);
  }
  return { source, paths: new Set(paths), byName };
}

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The path of a file of the repository, or null. */
export function pathIn({ source, paths, byName }: Repository, text: string): string | null {
  const clean = text
    .trim()
    .replace(/^file:\/\//, '')
    .replaceAll('\\', '/')
    .replace(/^\.\//, '');
  const path = clean.startsWith('/') ? relative(source, clean).split(sep).join('/') : clean;
  if (paths.has(path)) return path;
  const ending = clean.replace(/^(\.\.?\/)+/, '');
  const alike = (byName.get(nameOf(ending)) ?? []).filter(
    (it) => `/${it}`.endsWith(`/${ending}`) || ending.endsWith(`/${it}`),
  );
  return alike.length === 1 ? (alike[0] ?? null) : null;
}

// "at T.C() in /w/T.cs:line 6" · "at works (/w/a.test.js:3:4)" · "tests/test_a.py:3: AssertionError" · "a.cc:4: Failure"
const MENTION = /((?:file:\/\/)?[\w@./\\+ -]{0,300}?[\w@+-]+\.[A-Za-z]{1,10})(?::line |:|\()(\d{1,7})/g;
// "at com.acme.FooTest.works(FooTest.java:12)"
const JAVA = /at ([\w.$]{1,300})\.[\w$<>]{1,200}\(([\w$]{1,200}\.\w{1,10}):(\d{1,7})\)/g;
const LINES = 40;
const LINE_CHARACTERS = 500;

export function placeIn(repository: Repository, text: string): Place | null {
  for (const row of text.split('\n', LINES)) {
    const line = row.slice(0, LINE_CHARACTERS);
    const java = [...line.matchAll(JAVA)].map(
      ([, type = '', file = '', at]) => [`${folderOf(type)}${file}`, at] as const,
    );
    const other = [...line.matchAll(MENTION)].map(([, file = '', at]) => [file.replace(/^.* /, ''), at] as const);
    for (const [file, at] of [...java, ...other]) {
      const path = pathIn(repository, file);
      if (path !== null) return { path, line: Number(at) };
    }
  }
  return null;
}

const folderOf = (type: string): string =>
  type
    .split('.')
    .slice(0, -1)
    .map((it) => `${it}/`)
    .join('');
