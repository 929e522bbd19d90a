/** What the search of the guide looks through: titles, headings and the words that stand out below them. Small, and of no server. */
import type { RenderedPage } from '../markdown/render-page.ts';

/** `[address, title of the page, heading or nothing, words]` */
export type SearchEntry = readonly [address: string, title: string, heading: string, words: string];

export const searchIndex = (pages: readonly RenderedPage[]): SearchEntry[] =>
  pages.flatMap(({ name, title, lead, headings }) => [
    [`${name}.html`, title, '', lead.slice(0, 120)] as const,
    ...headings
      .filter(({ depth }) => depth <= 3)
      .map(({ slug, text, words }) => [`${name}.html#${slug}`, title, text, words.join(' ')] as const),
  ]);
