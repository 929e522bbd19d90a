/** Rows as JSON or CSV, each with the commit and the moment that they show: a copy must say what it is a copy of. Pure. */

export type TableRow = Readonly<Record<string, unknown>>;
export interface Stamp {
  readonly yard: string;
  readonly commit: string;
  readonly at: string;
}

export const asJson = (what: string, rows: readonly TableRow[], stamp: Stamp): string =>
  `${JSON.stringify({ ...stamp, what, rows }, null, 2)}\n`;

export function asCsv(rows: readonly TableRow[], { commit, at }: Stamp): string {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const lines = rows.map((row) => [...names.map((name) => cell(row[name])), commit, at].join(','));
  return `${[[...names, 'commit', 'at'].map(cell).join(','), ...lines].join('\r\n')}\r\n`;
}

/** A cell that begins like a formula would be run by a spreadsheet, so it gets a sign that makes it text. */
function cell(value: unknown): string {
  if (value === null || value === undefined) return '';
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  const harmless = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
