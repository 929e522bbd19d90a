import { describe, expect, it } from 'vitest';
import { documentIn, type List, MOST_CHARACTERS, MOST_DEPTH } from './markdown-blocks.ts';

const blocks = (text: string) => documentIn(text).blocks;
const plain = (text: string) => ({ kind: 'text', text, isBold: false });

describe('markdown-blocks', () => {
  it('knows paragraphs, lists, code, bold and links', () => {
    const text =
      'Hello **you** and `code`\nsecond line\n\n- one\n  1. inner\n- two [docs](https://docs.example/a)\n```sh\nrm **x**\n```';

    expect(blocks(text)).toEqual([
      {
        kind: 'paragraph',
        runs: [
          plain('Hello '),
          { kind: 'text', text: 'you', isBold: true },
          plain(' and '),
          { kind: 'code', text: 'code', isBold: false },
          plain('\nsecond line'),
        ],
      },
      {
        kind: 'list',
        isOrdered: false,
        items: [
          {
            runs: [plain('one')],
            list: { kind: 'list', isOrdered: true, items: [{ runs: [plain('inner')], list: null }] },
          },
          {
            runs: [plain('two '), { kind: 'link', text: 'docs', href: 'https://docs.example/a', isBold: false }],
            list: null,
          },
        ],
      },
      { kind: 'code', text: 'rm **x**' },
    ]);
  });

  it.each([
    '<img src=x onerror=alert(1)>',
    '[a](javascript:alert(1))',
    '[a](data:text/html,x)',
    '![a](//evil.example/x.png)',
    'a * b ** c',
    '&lt;script&gt;',
  ])('leaves %j the text that it is', (text) => {
    const [block] = blocks(text);

    expect(block?.kind).toBe('paragraph');
    const runs = block?.kind === 'paragraph' ? block.runs : [];
    expect(runs.every((it) => it.kind === 'text')).toBe(true);
    expect(runs.map((it) => it.text).join('')).toBe(text);
  });

  it('makes a plain address a link, without the sign after it', () => {
    expect(blocks('see https://ci.example/1, please')).toEqual([
      {
        kind: 'paragraph',
        runs: [
          plain('see '),
          { kind: 'link', text: 'https://ci.example/1', href: 'https://ci.example/1', isBold: false },
          plain(', please'),
        ],
      },
    ]);
  });

  it('goes no deeper than people can read, and loses nothing of it', () => {
    const text = Array.from({ length: 30 }, (_, at) => `${' '.repeat(at)}- ${at}`).join('\n');
    const depthOf = (list: List): number =>
      1 + Math.max(0, ...list.items.map((it) => (it.list ? depthOf(it.list) : 0)));
    const [list] = blocks(text) as [List];

    expect(depthOf(list)).toBe(MOST_DEPTH);
    expect(JSON.stringify(list)).toContain('"29"');
  });

  it('cuts what nobody reads, and says so', () => {
    expect(documentIn('a'.repeat(MOST_CHARACTERS + 1)).isCut).toBe(true);
    expect(documentIn('- a\n'.repeat(3_000)).isCut).toBe(true);
    expect(documentIn('short')).toMatchObject({ isCut: false });
  });

  it.each([
    '*'.repeat(60_000),
    '`'.repeat(60_001),
    '[a]('.repeat(15_000),
    `${'['.repeat(30_000)}](`,
    '- '.repeat(30_000),
  ])('comes to an end with %#', (text) => {
    expect(blocks(text).length).toBeGreaterThan(0);
  });

  it('closes a fence that nobody closed', () => {
    expect(blocks('```\n**x**\n\ny')).toEqual([{ kind: 'code', text: '**x**\n\ny' }]);
  });
});
