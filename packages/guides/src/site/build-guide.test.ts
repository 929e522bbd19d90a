import { readdir } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { PAGES } from '../pages/list.ts';
import { readPages, WRITTEN } from '../pages/read-pages.ts';
import { digestOf } from '../pictures/digest-of.ts';
import { drawnPictures } from '../pictures/drawn-pictures.ts';
import { picturesIn } from '../pictures/pictures-in.ts';
import { buildGuide } from './build-guide.ts';
import { addressOf, brokenAnchors, type LinkWorld } from './links.ts';

const files = await buildGuide();
const html = [...files].filter(([path]) => path.endsWith('.html'));

describe('the guide', () => {
  it('has a page for each that is listed, and each leads to all others', () => {
    expect(html.length).toBeGreaterThan(15);
    for (const [, text] of html)
      expect(text.match(/<nav class="menu".*<\/nav>/)?.[0].split('<li>').length).toBe(html.length + 1);
  });

  it('lists every page that is written', async () => {
    const written = (await readdir(WRITTEN)).map((name) => name.replace(/\.md$/, ''));

    expect(written.filter((name) => !PAGES.includes(name))).toEqual([]);
  });

  it('asks nothing of other hosts, and runs and styles nothing from within a page', () => {
    for (const [path, text] of html) {
      expect(text.match(/<(?:script|link|img|iframe)[^>]+(?:src|href)="(?!data:|\.)[^"]*"/g), path).toBeNull();
      expect(text.match(/<style|\sstyle=|\son\w+=|<script(?![^>]* src=)/g), path).toBeNull();
    }
  });

  it('is small: what each page needs beside itself, and what the search looks through', () => {
    const kilobytes = (path: string): number => gzipSync(files.get(path) ?? '').length / 1024;

    expect(kilobytes('guide.css') + kilobytes('guide.js')).toBeLessThan(8);
    expect(kilobytes('search.json')).toBeLessThan(20);
  });

  it('has the pictures of its pages as they are now (npm run pictures draws them)', async () => {
    const pictureOf = await drawnPictures();
    const sources = [...(await readPages()).values()].flatMap(picturesIn);

    expect(sources.filter((it) => !pictureOf(it)).map(digestOf)).toEqual([]);
  });

  it('tells of each picture in words, for those who cannot see it', async () => {
    const sources = [...(await readPages()).values()].flatMap(picturesIn);

    expect(sources.filter((it) => !/^ *accTitle: .+\n *accDescr: .+$/m.test(it))).toEqual([]);
  });
});

describe('links', () => {
  const world: LinkWorld = {
    root: new URL('../../../../', import.meta.url).pathname,
    repository: 'https://git.example.org/acme/blob/main',
  };
  const address = (target: string, from = 'index') => addressOf(target, { from, world, anchors: [] });

  it('lead from page to page, up and down', () => {
    expect(address('faq.md#why')).toBe('faq.html#why');
    expect(address('reference/files.md')).toBe('reference/files.html');
    expect(address('../faq.md', 'reference/files')).toBe('../faq.html');
  });

  it('lead to files of the repository where people read them, or nowhere', () => {
    const nowhere = { ...world, repository: undefined };

    expect(address('../../README.md')).toBe('https://git.example.org/acme/blob/main/packages/README.md');
    expect(addressOf('../../README.md', { from: 'index', world: nowhere, anchors: [] })).toBeUndefined();
  });

  it('are wrong where nothing is', () => {
    expect(() => address('nothing.md')).toThrow('which is not there');
    expect(() => address('../../../../../etc/passwd')).toThrow('which is not there');
    expect(brokenAnchors([{ from: 'index', page: 'faq', slug: 'no' }], () => new Set(['yes']))).toEqual([
      'index.md: a link leads to #no of faq, which is not there',
    ]);
  });
});
