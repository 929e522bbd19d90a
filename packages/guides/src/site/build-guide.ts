/** All pages of the guide as files of a site: HTML, one style sheet, one script, what the search needs. Writes nothing. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tokens } from '@gityard/dashboard/tokens';
import { build, transform } from 'esbuild';
import { renderPage } from '../markdown/render-page.ts';
import { GROUPS } from '../pages/list.ts';
import { readPages } from '../pages/read-pages.ts';
import { drawnPictures } from '../pictures/drawn-pictures.ts';
import { layOut } from './layout.ts';
import { type Anchor, addressOf, brokenAnchors } from './links.ts';
import { searchIndex } from './search-index.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const at = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/** Path of each file to what is in it. @throws with every page and place that is not as it should be. */
export async function buildGuide(): Promise<Map<string, string>> {
  const [texts, repository, pictureOf] = await Promise.all([readPages(), repositoryAddress(), drawnPictures()]);
  const world = { root: ROOT, repository };
  const anchors: Anchor[] = [];
  const problems: string[] = [];
  const pages = [...texts].flatMap(([name, text]) => {
    try {
      return [renderPage(name, text, { pictureOf, addressOf: (it) => addressOf(it, { from: name, world, anchors }) })];
    } catch (error) {
      problems.push(`${name}.md: ${(error as Error).message}`);
      return [];
    }
  });
  const byName = new Map(pages.map((page) => [page.name, page]));
  if (problems.length === 0) problems.push(...brokenAnchors(anchors, (page) => byName.get(page)?.anchors ?? new Set()));
  if (problems.length > 0) throw new Error(`the guide may not be built so:\n${problems.join('\n')}`);

  const groups = GROUPS.map((group) => ({ ...group, pages: group.pages.filter((it) => byName.has(it)) }));
  const frame = {
    groups: groups.filter((it) => it.pages.length > 0),
    titleOf: (it: string) => byName.get(it)?.title ?? it,
  };
  return new Map([
    ...pages.map((page) => [`${page.name}.html`, layOut(page, frame)] as const),
    ['guide.css', await styles()],
    ['guide.js', await script()],
    ['search.json', JSON.stringify(searchIndex(pages))],
  ]);
}

async function styles(): Promise<string> {
  const own = await readFile(at('guide.css'), 'utf8');
  return (await transform(`${tokens.cssText}\n${own}`, { loader: 'css', minify: true, target: 'es2022' })).code;
}

async function script(): Promise<string> {
  const options = { bundle: true, minify: true, write: false, format: 'esm', target: 'es2022' } as const;
  const { outputFiles } = await build({ ...options, entryPoints: [at('../client/guide.ts')] });
  return outputFiles[0]?.text ?? '';
}

/** Where files of the repository are read, as package.json says it. */
async function repositoryAddress(): Promise<string | undefined> {
  const { repository } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const address = /^(?:git\+)?(https:\/\/.+?)(?:\.git)?$/.exec(repository?.url ?? repository ?? '')?.[1];
  return address && `${address}/blob/main`;
}
