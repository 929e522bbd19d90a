/** A comparison as Markdown, for a person who was not there. Paths are words of strangers: none of them ends its own cell. */
import type { Manifest } from '../entities/manifest.ts';
import type { Comparison } from './compare-manifests.ts';
import type { Hint } from './hint.ts';

export interface Compared {
  readonly left: Manifest;
  readonly right: Manifest;
  readonly comparison: Comparison;
  readonly hints: readonly Hint[];
}

export function comparisonReport({ left, right, comparison, hints }: Compared): string {
  const { same, checksum, size, missing } = comparison;
  const lines = [
    `# Comparison of ${code(left.job)} and ${code(right.job)}`,
    '',
    ...table(
      ['', 'left', 'right'],
      [
        ['job', code(left.job), code(right.job)],
        ['agent', code(left.agent), code(right.agent)],
        ['branch', code(left.branch ?? '–'), code(right.branch ?? '–')],
        ['commit', code(left.commit ?? '–'), code(right.commit ?? '–')],
        ['built', left.createdAt, right.createdAt],
        ['artifacts', `${left.artifacts.length}`, `${right.artifacts.length}`],
      ],
    ),
    `**${verdict(comparison)}**`,
    '',
    ...section(
      'Other bytes, same size',
      table(
        ['path', 'bytes', 'left sha256', 'right sha256'],
        checksum.map((it) => [code(it.path), `${it.sizeBytes}`, code(it.left), code(it.right)]),
      ),
    ),
    ...section(
      'Other size',
      table(
        ['path', 'left bytes', 'right bytes'],
        size.map((it) => [code(it.path), `${it.left}`, `${it.right}`]),
      ),
    ),
    ...section('Missing on the left', bullets(missing.left)),
    ...section('Missing on the right', bullets(missing.right)),
    ...section(
      'Why they may differ',
      table(
        ['path', 'found', 'what usually helps'],
        hints.map((it) => [code(it.path), plain(it.text), plain(it.remedy)]),
      ),
    ),
    ...section('Identical', bullets(same)),
  ];
  return `${lines.join('\n').trimEnd()}\n`;
}

export function verdict({ identical, same, checksum, size, missing }: Comparison): string {
  if (identical) return `identical: ${same.length} artifacts`;
  const parts = [
    [same.length, 'identical'],
    [checksum.length, 'with other bytes'],
    [size.length, 'of another size'],
    [missing.left.length, 'missing on the left'],
    [missing.right.length, 'missing on the right'],
  ] as const;
  return `different: ${parts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(', ')}`;
}

const section = (title: string, body: readonly string[]): string[] =>
  body.length === 0 ? [] : [`## ${title}`, '', ...body];

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [row(heads), row(heads.map(() => '---')), ...rows.map(row), ''];
}

const bullets = (paths: readonly string[]): string[] =>
  paths.length === 0 ? [] : [...paths.map((it) => `- ${code(it)}`), ''];

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not reach a page
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g;

const printable = (text: string): string =>
  text.replace(CONTROL, (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`);

/** In a fence that is longer than any run of backticks within. */
function code(text: string): string {
  const safe = printable(text).replaceAll('|', '\\|');
  const longest = Math.max(0, ...(safe.match(/`+/g) ?? []).map((it) => it.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${safe}${fence}` : `${fence} ${safe} ${fence}`;
}

const plain = (text: string): string => printable(text).replace(/[|<>`*_[\]\\]/g, (char) => `\\${char}`);
