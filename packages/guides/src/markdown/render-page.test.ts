import { describe, expect, it } from 'vitest';
import { renderPage } from './render-page.ts';

const render = (markdown: string, addressOf: (target: string) => string | undefined = (it) => it) =>
  renderPage('page', `# Title\n\nFor a reader.\n\n${markdown}`, { addressOf, pictureOf: () => undefined });

describe('render-page', () => {
  it('knows its title, for whom it is, and its headings with the words that stand out below them', () => {
    const page = render('## First `thing`\n\nWith **much** and `gityard job add`.\n\n### Deeper\n');

    expect(page).toMatchObject({
      ...{ title: 'Title', lead: 'For a reader.' },
      headings: [
        { depth: 2, text: 'First thing', slug: 'first-thing', words: ['much', 'gityard job add'] },
        { depth: 3, text: 'Deeper', slug: 'deeper', words: [] },
      ],
    });
  });

  it('names headings as GitHub does', () => {
    const { headings } = render('## What it’s, & why?\n\n## A_b `c.d`\n\n## Again\n\n## Again\n\n## Für äl 2\n');

    expect(headings.map(({ slug }) => slug)).toEqual(['what-its--why', 'a_b-cd', 'again', 'again-1', 'für-äl-2']);
  });

  it.each(['<script>alert(1)</script>', 'a <b onclick="x">b</b>', '[x](javascript:alert)', '[x](data:text/html,x)'])(
    'takes no markup, and no link that runs something: %s',
    (markdown) => {
      expect(() => render(markdown)).toThrow(/markup is not taken|a link may not lead/);
    },
  );

  it('shows nothing of what is meant for the run of the page', () => {
    expect(render('one\n\n<!-- setup\nsecret=1\n-->\n\ntwo').html).not.toContain('secret');
  });

  it('leaves the words of a link that leads nowhere yet', () => {
    const { html } = render('[here](there.md)', () => undefined);

    expect(html).toContain('<p>here</p>');
  });

  it('tells what is typed from what is printed, and shows each sign as it is', () => {
    const { html } = render('```console\n$ echo "<b>" \\\n  && x\n<b> & "x"\n```\n');

    expect(html).toContain('<span class="prompt">$ </span><span class="command">echo &#34;&#60;b&#62;&#34; \\</span>');
    expect(html).toContain('<span class="command">  &#38;&#38; x</span>');
    expect(html).toContain('<span class="printed">&#60;b&#62; &#38; &#34;x&#34;</span>');
  });

  it.each([
    ['sh elsewhere="On Windows"', 'On Windows'],
    ['sh exit=3', 'ends with exit code 3'],
    ['json file=yard.json', 'yard.json'],
  ])('says above a block what it is: %s', (info, words) => {
    expect(render(`\`\`\`${info}\n{}\n\`\`\`\n`).html).toContain(`<figcaption>${words}</figcaption>`);
  });

  it('shows no head of a table whose writer gave it none', () => {
    const [bare, half] = ['| | |\n|---|---|\n| a | b |\n', '| | x |\n|---|---|\n| a | b |\n'].map(
      (it) => render(it).html,
    );

    expect(bare).toContain('<table><tbody><tr><td>a</td>');
    expect(half).toContain('<thead><tr><th></th><th>x</th></tr></thead>');
  });

  it('refuses a word behind the backticks that it does not know', () => {
    expect(() => render('```sh elswhere="Windows"\n```\n')).toThrow('may say elsewhere=, exit= or file=');
  });
});
