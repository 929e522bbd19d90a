/**
 * The build fails where the page has grown too large, or where it holds a word by which text could become markup or code.
 * Counted is what a browser fetches: gzip, before the first paint with the worker and the source that fetch the data, and for
 * each page, part, or question to the worker that is loaded later.
 */
import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

const KB = 1024;
const FIRST_LOAD_BYTES = 45 * KB;
const LATER_BYTES = 12 * KB;
/**
 * What may be larger, and why: the history alone draws charts. Looking back makes a snapshot out of files, as an agent does: that
 * is the schemas of all of them, and the scheduler, which says why a job waited. Two of those would not be the same for long.
 * It comes when somebody first travels through time, in the worker, and nothing that is painted waits for it before.
 */
const LARGER: Readonly<Record<string, number>> = { 'history-page': 30 * KB, 'snapshot-at': 44 * KB };

const FORBIDDEN =
  /unsafeHTML|unsafeSVG|\bouterHTML\s*=(?!=)|\beval\(|new Function\(|document\.write|insertAdjacentHTML|srcdoc/;
/** Lit makes its templates by it, once, through its own policy. Nobody else does. */
const INNER_HTML = /innerHTML\s*=(?!=)/g;

type Files = ReadonlyMap<string, string>;

export const budgets: Plugin = {
  name: 'budgets',
  apply: 'build',
  writeBundle(_, bundle) {
    const files = new Map(Object.entries(bundle).map(([name, file]) => [name, textOf(file)]));
    const scripts = new Map([...files].filter(([name]) => name.endsWith('.js')));
    const problems = [...tooLarge(bundle, scripts), ...forbidden(scripts)];
    if (problems.length > 0) this.error(`the page may not be built so:\n${problems.join('\n')}`);
  },
};

export function tooLarge(bundle: Rolldown.OutputBundle, scripts: Files): string[] {
  const chunks = Object.values(bundle).filter((it) => it.type === 'chunk');
  const entry = chunks.find((it) => it.isEntry && it.name === 'index');
  const worker = [...scripts.keys()].find((name) => /^assets\/worker-[\w-]{8}\.js$/.test(name));
  const firstPage = chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith('/overview-page.ts')));
  const source = largestSource(scripts);
  if (!entry || !worker || !firstPage || !source)
    return ['the first script, the first page, the worker or its sources have other names than their budget knows'];

  const styles = [...Object.keys(bundle)].filter((name) => name.endsWith('.css'));
  const starts = [entry.fileName, worker, source, firstPage.fileName];
  const first = new Set([...starts.flatMap((name) => [...withImports(name, scripts)]), ...styles]);
  const texts: Files = new Map([...scripts, ...styles.map((name) => [name, textOf(bundle[name])] as const)]);
  return [
    over('the first load', { bytes: sizeOf(first, texts), limit: FIRST_LOAD_BYTES }),
    ...chunks
      .filter(({ isDynamicEntry, fileName }) => isDynamicEntry && !first.has(fileName))
      .map(({ name, fileName }) => {
        const own = [...withImports(fileName, scripts)].filter((it) => !first.has(it));
        return over(name, { bytes: sizeOf(own, texts), limit: LARGER[name] ?? LATER_BYTES });
      }),
    ...questionsOf(worker, scripts).map((fileName) => {
      const own = [...withImports(fileName, scripts)].filter((it) => !first.has(it));
      const name = fileName.replace(/^assets\/(.+)-[\w-]{8}\.js$/, '$1');
      return over(`question ${name}`, { bytes: sizeOf(own, texts), limit: LARGER[name] ?? LATER_BYTES });
    }),
  ].flat();
}

/** What the worker loads when it is first asked, and what that loads in its turn. */
function questionsOf(from: string, scripts: Files, seen = new Set<string>()): string[] {
  const texts = [...withImports(from, scripts)].map((name) => scripts.get(name) ?? '');
  const named = texts.flatMap((text) => [...text.matchAll(/import\(\s*["'`]\.\/([\w.-]+\.js)["'`]/g)]);
  for (const name of named.map(([, path]) => `assets/${path}`)) {
    if (seen.has(name) || !scripts.has(name)) continue;
    seen.add(name);
    questionsOf(name, scripts, seen);
  }
  return [...seen];
}

export function forbidden(scripts: Files): string[] {
  const words = [...scripts].flatMap(([name, text]) => {
    const word = FORBIDDEN.exec(text)?.[0];
    return word ? [`${name} holds "${word}"`] : [];
  });
  const inner = [...scripts].flatMap(([name, text]) => [...text.matchAll(INNER_HTML)].map(() => name));
  return inner.length > 1 ? [...words, `innerHTML is set in ${inner.join(', ')}, and Lit alone may, once`] : words;
}

/** A page has one source, and nobody knows which. */
function largestSource(scripts: Files): string | undefined {
  const sources = [...scripts.keys()].filter((name) => /^assets\/\w+-source-[\w-]{8}\.js$/.test(name));
  const sizes = new Map(sources.map((name) => [name, sizeOf(withImports(name, scripts), scripts)]));
  return sources.sort((a, b) => (sizes.get(b) ?? 0) - (sizes.get(a) ?? 0))[0];
}

function over(what: string, { bytes, limit }: { readonly bytes: number; readonly limit: number }): string[] {
  if (bytes <= limit) return [];
  return [`${what} has ${(bytes / KB).toFixed(1)} KB gzip, and may have ${limit / KB}`];
}

/** The file and all that it names in its imports, and so on: the files of the worker are known to the bundler as text alone. */
function withImports(name: string, scripts: Files, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, path] of (scripts.get(name) ?? '').matchAll(/(?:import|from)\s*["'`]\.\/([\w.-]+\.js)["'`]/g))
    withImports(`assets/${path}`, scripts, seen);
  return seen;
}

const sizeOf = (names: Iterable<string>, files: Files): number =>
  [...names].reduce((sum, name) => sum + gzipSync(files.get(name) ?? '').length, 0);

function textOf(file: Rolldown.OutputAsset | Rolldown.OutputChunk | undefined): string {
  if (!file) return '';
  return file.type === 'chunk' ? file.code : Buffer.from(file.source as Uint8Array).toString();
}
