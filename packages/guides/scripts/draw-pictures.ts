/**
 * Draws the Mermaid blocks of all pages (`npm run pictures`) and keeps what Chromium made of them, each under the digest of
 * its source. Colours become names that the style sheet of the guide knows, so that a picture is light or dark as its page is.
 */
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import { readPages } from '../src/pages/read-pages.ts';
import { digestOf } from '../src/pictures/digest-of.ts';
import { PICTURES } from '../src/pictures/drawn-pictures.ts';
import { picturesIn } from '../src/pictures/pictures-in.ts';
import { inColoursOfThePage } from './in-colours-of-the-page.ts';

const TOOLS = fileURLToPath(new URL('../tools/', import.meta.url));
const MERMAID = join(TOOLS, 'node_modules', 'mermaid/dist/mermaid.min.js');

/** Each is a colour that nothing else has; the names are those of `guide.css`. */
const COLOURS = {
  fg: '#010101',
  dim: '#020202',
  line: '#030303',
  card: '#040404',
  bg: '#050505',
  track: '#060606',
  accent: '#070707',
};

const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const sources = new Map([...(await readPages()).values()].flatMap(picturesIn).map((it) => [digestOf(it), it]));

await mkdir(PICTURES, { recursive: true });
for (const name of await readdir(PICTURES)) if (!sources.has(name.replace('.svg', ''))) await rm(join(PICTURES, name));
const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
try {
  const page = await browser.newPage();
  await page.setContent('<!doctype html><body></body>');
  // What runs this file gives functions their names by a helper, which a page does not have.
  await page.addScriptTag({ content: 'globalThis.__name = (it) => it' });
  await page.addScriptTag({ content: await readFile(MERMAID, 'utf8') });
  for (const [digest, source] of sources) {
    const path = join(PICTURES, `${digest}.svg`);
    if (!existsSync(path)) await writeFile(path, await draw(page, { digest, source }));
  }
} finally {
  await browser.close();
}

async function draw(page: Page, { digest, source }: { digest: string; source: string }): Promise<string> {
  await page.evaluate(
    async ([id, text, colours]) => {
      const { mermaid } = window as unknown as { mermaid: Mermaid };
      mermaid.initialize({
        startOnLoad: false,
        deterministicIds: true,
        htmlLabels: false,
        flowchart: { htmlLabels: false, curve: 'basis' },
        theme: 'base',
        themeVariables: {
          fontFamily: 'system-ui, sans-serif',
          fontSize: '14px',
          background: colours.card,
          primaryColor: colours.bg,
          primaryTextColor: colours.fg,
          primaryBorderColor: colours.dim,
          lineColor: colours.dim,
          secondaryColor: colours.track,
          secondaryTextColor: colours.fg,
          tertiaryColor: colours.card,
          tertiaryTextColor: colours.fg,
          tertiaryBorderColor: colours.line,
          clusterBkg: colours.card,
          clusterBorder: colours.line,
          titleColor: colours.dim,
          edgeLabelBackground: colours.card,
          actorBkg: colours.bg,
          actorBorder: colours.dim,
          actorTextColor: colours.fg,
          actorLineColor: colours.line,
          signalColor: colours.dim,
          signalTextColor: colours.fg,
          noteBkgColor: colours.track,
          noteBorderColor: colours.line,
          noteTextColor: colours.fg,
          labelBoxBkgColor: colours.track,
          labelBoxBorderColor: colours.line,
          labelTextColor: colours.fg,
          loopTextColor: colours.fg,
          activationBkgColor: colours.track,
          activationBorderColor: colours.dim,
        },
      });
      const { svg } = await mermaid.render(id, text);
      document.body.innerHTML = svg;
    },
    [`p${digest}`, source, COLOURS] as const,
  );
  return await page.evaluate(inColoursOfThePage, COLOURS);
}

interface Mermaid {
  initialize(settings: object): void;
  render(id: string, text: string): Promise<{ readonly svg: string }>;
}
