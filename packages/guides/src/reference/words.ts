/** Words of the program as Markdown that says the same: in a sentence, in a cell, as a table. */

/** Nothing of it is taken for markup. */
export const plain = (text: string): string => text.replace(/[\\`*_<>[\]|~#]/g, '\\$&').replace(/\s+/g, ' ');

/** As code, in a cell too. */
export function code(text: string): string {
  const ticks = text.includes('`') ? '``' : '`';
  return text === '' ? '' : `${ticks}${text.replaceAll('|', '\\|')}${ticks}`;
}

export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const lines = [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return `${lines.join('\n')}\n`;
}

/** Paragraphs, lists and tables, one after the other; what is empty is left out. */
export const page = (...parts: readonly string[]): string => `${parts.filter(Boolean).join('\n\n')}\n`;

export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
