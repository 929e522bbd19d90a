/** What stands round the text of each page: the menu, its own contents, the way on. */
import { escapeHtml } from '../markdown/escape.ts';
import type { RenderedPage } from '../markdown/render-page.ts';
import type { Group } from '../pages/list.ts';
import { relativeAddress } from './links.ts';

export interface Frame {
  /** Groups with the pages that there are. */
  readonly groups: readonly Group[];
  readonly titleOf: (page: string) => string;
}

/** No inline script or style, nothing of another host: the same policy as the page of the yard has, without its hosts. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'";

const ICON =
  "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 24 24'%3E%3Crect width='24' height='24' rx='6' fill='%230f389e'/%3E%3Cpath d='M8 5v14M8 15c0-4 8-2 8-7' fill='none' stroke='%23fff' stroke-width='2' stroke-linecap='round'/%3E%3Ccircle cx='16' cy='7' r='2' fill='%23fff'/%3E%3C/svg%3E";

export function layOut(page: RenderedPage, { groups, titleOf }: Frame): string {
  const { name, title, lead, html } = page;
  const order = groups.flatMap(({ pages }) => pages);
  const at = order.indexOf(name);
  const up = name.includes('/') ? '../' : './';
  const link = (other: string) => ({ address: relativeAddress(name, other), title: titleOf(other) });
  return `<!doctype html>
<html lang="en" data-theme="auto" data-up="${up}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="description" content="${escapeHtml(lead.slice(0, 200))}">
<title>${escapeHtml(title)} · Gityard guide</title>
<link rel="icon" href="${ICON}">
<link rel="stylesheet" href="${up}guide.css">
<script type="module" src="${up}guide.js" blocking="render"></script>
</head>
<body>
<a class="skip" href="#text">Skip to the text</a>
<header>
<a class="home" href="${up}index.html"><img src="${ICON}" alt="" width="28" height="28"> <span>Gityard <span class="dim">guide</span></span></a>
<div class="search" role="search" hidden><label for="search" class="unseen">Search the guide</label><input id="search" type="search" placeholder="Search" autocomplete="off" aria-controls="found"><ul id="found" hidden></ul></div>
<a class="yard" href="${up}../index.html">the yard</a>
<button class="theme" type="button" hidden></button>
</header>
<div class="columns">
<nav class="menu" aria-label="Guide"><details class="fold" open><summary>Pages</summary>${groups.map((group) => menuGroup(group, name, link)).join('')}</details></nav>
<main id="text" tabindex="-1">
${html}<nav class="on" aria-label="Neighbours">${neighbour('Before', order[at - 1], link)}${neighbour('Next', order[at + 1], link)}</nav>
</main>
${contentsOf(page)}
</div>
</body>
</html>
`;
}

type LinkTo = (page: string) => { readonly address: string; readonly title: string };

function menuGroup({ title, pages }: Group, name: string, link: LinkTo): string {
  const items = pages.map((it) => {
    const current = it === name ? ' aria-current="page"' : '';
    return `<li><a href="${link(it).address}"${current}>${escapeHtml(link(it).title)}</a></li>`;
  });
  return `<section><h2>${escapeHtml(title)}</h2><ul>${items.join('')}</ul></section>`;
}

function neighbour(word: string, page: string | undefined, link: LinkTo): string {
  if (page === undefined) return '<span></span>';
  return `<a class="${word.toLowerCase()}" href="${link(page).address}"><span class="dim">${word}</span> ${escapeHtml(link(page).title)}</a>`;
}

const MANY = 40;

function contentsOf({ headings }: RenderedPage): string {
  const few =
    headings.length > MANY ? headings.filter(({ depth }) => depth === 2) : headings.filter(({ depth }) => depth <= 3);
  if (few.length < 2) return '';
  const items = few.map(
    ({ depth, text, slug }) => `<li class="h${depth}"><a href="#${slug}">${escapeHtml(text)}</a></li>`,
  );
  return `<nav class="contents" aria-label="On this page"><h2>On this page</h2><ul>${items.join('')}</ul></nav>`;
}
