import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makePackage } from '../../../cli/scripts/pack/make-package.ts';
import { readPages } from '../pages/read-pages.ts';
import { type Block, readBlocks } from './blocks.ts';
import { type Call, callsIn, wrongCall } from './calls.ts';
import { runStory } from './run-story.fixture.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const pages = await readPages();
const blocksOf = (name: string): Block[] => readBlocks(pages.get(name) ?? '');
const withStory = [...pages.keys()].filter((name) => blocksOf(name).some(({ kind }) => kind !== 'elsewhere'));

/** As people install it, and twice as quick to start as what a checkout builds. */
let installed: string;
beforeAll(async () => {
  installed = await mkdtemp(join(tmpdir(), 'gityard-installed-'));
  await makePackage({ root: ROOT, folder: installed });
});
afterAll(() => rm(installed, { recursive: true, force: true }));

describe('every page', () => {
  it.concurrent.each(withStory)('does what it says: %s', async (name) => {
    const wrong = await runStory(`${name}.md`, blocksOf(name), join(installed, 'dist/main.js'));

    expect(wrong.join('\n\n')).toBe('');
  });

  it('names only commands and flags that there are, also where they cannot run here', async () => {
    const texts = [...[...pages].map(([name, text]) => [`${name}.md`, text] as const), ...(await readmes())];
    const wrong = await Promise.all(texts.map(([name, text]) => wrongCallsIn(name, text)));

    expect(wrong.flat()).toEqual([]);
  });
});

/** Those that stand beside the code, and the first page that anybody sees. */
async function readmes(): Promise<(readonly [string, string])[]> {
  const folders = await readdir(join(ROOT, 'packages'));
  const paths = ['README.md', ...folders.map((folder) => `packages/${folder}/README.md`)];
  const texts = await Promise.all(paths.map((path) => readFile(join(ROOT, path), 'utf8').catch(() => '')));
  return paths.map((path, at) => [path, texts[at] ?? ''] as const);
}

const LENIENT = new Set(['yaml', 'ini', 'text', 'json', 'dockerfile', 'xml', 'toml']);

async function wrongCallsIn(name: string, text: string): Promise<string[]> {
  const inBlocks = readBlocks(text)
    .filter(({ kind, fence }) => kind !== 'setup' && kind !== 'file' && !LENIENT.has(fence.language))
    .flatMap(({ text: script, line, kind }) =>
      callsIn(kind === 'console' ? commandsOf(script) : script).map((it) => ({
        ...it,
        line: it.line + line,
        isWhole: true,
      })),
    );
  const inWords = proseCalls(text).map((it) => ({ ...it, isWhole: false }));
  const found = await Promise.all(
    [...inBlocks, ...inWords].map(
      async ({ line, words, isWhole }) => [line, await wrongCall(words, { isWhole })] as const,
    ),
  );
  return found.flatMap(([line, wrong]) => (wrong ? [`${name}:${line} ${wrong}`] : []));
}

/** What is printed names commands as well, and is no call. */
const commandsOf = (terminal: string): string =>
  terminal
    .split('\n')
    .map((line) => (line.startsWith('$ ') ? line.slice(2) : ''))
    .join('\n');

/** Code within sentences. */
function proseCalls(text: string): Call[] {
  let isBlock = false;
  return text.split('\n').flatMap((line, at) => {
    if (/^ *```/.test(line)) isBlock = !isBlock;
    if (isBlock) return [];
    return [...line.matchAll(/`(gityard [^`]+)`/g)].flatMap(([, code = '']) =>
      callsIn(code.replaceAll('\\|', '|')).map((it) => ({ ...it, line: at + 1 })),
    );
  });
}
