/**
 * One page of Markdown as HTML, with what others need of it: its title, its headings, where it leads. Our own pages are not
 * hostile, but they hold no markup either: then nobody has to think of it.
 */
import { Marked, type Tokens } from 'marked';
import { codeBlock } from './code.ts';
import { escapeHtml } from './escape.ts';
import { readFence } from './fence.ts';
import { Slugs } from './slug.ts';

interface Heading {
  readonly depth: number;
  readonly text: string;
  readonly slug: string;
  /** Words of its section that somebody may look for: what is code or stands out there. */
  readonly words: readonly string[];
}

export interface RenderedPage {
  readonly name: string;
  readonly title: string;
  /** Its second paragraph: for whom it is. */
  readonly lead: string;
  readonly html: string;
  /** All but the title. */
  readonly headings: readonly Heading[];
  readonly anchors: ReadonlySet<string>;
}

export interface Surroundings {
  /** The address of a link as a browser needs it; undefined: it leads nowhere now, and its words stay. */
  readonly addressOf: (target: string) => string | undefined;
  /** The picture that was drawn of a Mermaid source, ready to stand in a page; undefined: it was not drawn yet. */
  readonly pictureOf: (source: string) => string | undefined;
}

export function renderPage(name: string, markdown: string, { addressOf, pictureOf }: Surroundings): RenderedPage {
  const slugs = new Slugs();
  const headings: (Heading & { readonly words: string[] })[] = [];
  const anchors = new Set<string>();
  const paragraphs: string[] = [];
  let title = '';

  const note = (word: string) => {
    const words = headings.at(-1)?.words;
    if (words && words.length < MAX_WORDS && word.length <= 40 && !words.includes(word)) words.push(word);
  };

  const marked = new Marked({ gfm: true });
  marked.use({
    renderer: {
      heading({ tokens, depth }) {
        const text = plainText(tokens);
        const slug = slugs.of(text);
        const inner = this.parser.parseInline(tokens);
        anchors.add(slug);
        if (depth === 1) {
          title ||= text;
          return `<h1 id="${slug}">${inner}</h1>\n`;
        }
        headings.push({ depth, text, slug, words: [] });
        const label = escapeHtml(`Link to “${text}”`);
        return `<h${depth} id="${slug}">${inner} <a class="anchor" href="#${slug}" aria-label="${label}">#</a></h${depth}>\n`;
      },
      paragraph({ tokens }) {
        paragraphs.push(plainText(tokens));
        return `<p>${this.parser.parseInline(tokens)}</p>\n`;
      },
      codespan({ text }) {
        note(text);
        return `<code>${breakable(text)}</code>`;
      },
      strong({ tokens }) {
        note(plainText(tokens));
        return `<strong>${this.parser.parseInline(tokens)}</strong>`;
      },
      code({ text, lang = '' }) {
        const picture = lang === 'mermaid' ? pictureOf(text) : undefined;
        return picture ?? codeBlock(text, readFence(lang));
      },
      table(token) {
        const names = token.header.map((cell) => `<th>${this.parser.parseInline(cell.tokens)}</th>`).join('');
        // Markdown knows no table without a head; where its writer wanted none, a reader is to see none.
        const head = token.header.some((cell) => cell.text !== '') ? `<thead><tr>${names}</tr></thead>` : '';
        const rows = token.rows.map(
          (row) => `<tr>${row.map((cell) => `<td>${this.parser.parseInline(cell.tokens)}</td>`).join('')}</tr>`,
        );
        const label = escapeHtml(`Table: ${headings.at(-1)?.text ?? title}`);
        return `<div class="table" role="region" tabindex="0" aria-label="${label}"><table>${head}<tbody>${rows.join('')}</tbody></table></div>\n`;
      },
      link({ href, tokens }) {
        const address = addressOf(checkedAddress(href));
        const words = this.parser.parseInline(tokens);
        return address === undefined ? words : `<a href="${escapeHtml(address)}">${words}</a>`;
      },
      image({ href, text }) {
        throw new Error(`the picture ${href} ("${text}"): pictures of the guide are Mermaid blocks`);
      },
      html: ({ text }) => withoutComments(text),
    },
  });
  const html = marked.parse(markdown, { async: false });
  if (title === '') throw new Error('a page begins with "# Title"');
  return { name, title, lead: paragraphs[0] ?? '', html, headings, anchors };
}

/** A long name of parts may be broken between them: a narrow column has no room for it. */
const breakable = (text: string): string =>
  text.length < 20 || text.includes(' ')
    ? escapeHtml(text)
    : escapeHtml(text).replace(/(?<=[\w\]>;])[./](?=\w)/g, '$&<wbr>');

const MAX_WORDS = 14;

/** Comments say to the run of the page what a reader does not need; all other markup is refused. */
function withoutComments(text: string): string {
  const left = text.replace(/<!--[\s\S]*?-->/g, '').trim();
  if (left) throw new Error(`markup is not taken: ${left.split('\n')[0]}`);
  return '';
}

function checkedAddress(href: string): string {
  if (!/^[a-z][a-z0-9+.-]*:/i.test(href) || /^(?:https?|mailto):/i.test(href)) return href;
  throw new Error(`a link may not lead to ${href}`);
}

const plainText = (tokens: readonly Tokens.Generic[]): string =>
  tokens
    .map((it) => (it.tokens ? plainText(it.tokens) : (it.text ?? it.raw)))
    .join('')
    .replace(/&(amp|lt|gt|quot|#39);/g, (_, name: string) => SIGNS[name] ?? '');

const SIGNS: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
