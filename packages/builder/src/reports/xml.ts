/**
 * XML as plain values, for reports that a build wrote: entities of its own are refused instead of resolved, nesting is
 * bounded by the parser, and a tag that may come more than once is always a list.
 */
const LISTED = new Set(
  (
    'testsuite testcase failure error skipped flakyFailure flakyError rerunFailure rerunError UnitTestResult UnitTest ' +
    'RunInfo package class method line source group sourcefile'
  ).split(' '),
);

export type Tag = Readonly<Record<string, unknown>>;

export async function parseXml(text: string): Promise<Tag> {
  if (text.includes('<!ENTITY')) throw new Error('it declares entities');
  const { XMLParser } = await import('fast-xml-parser');
  const parser = new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    processEntities: false,
    isArray: (name, _path, _isLeaf, isAttribute) => !isAttribute && LISTED.has(name),
  });
  return tagOf(parser.parse(text.replace(/^\uFEFF/, ''))) ?? {};
}

/** Whether the end of it is missing, as after a crash of what wrote it: what stands there can be read all the same. */
export function endsEarly(text: string): boolean {
  const root = /<([A-Za-z_][\w:.-]*)/.exec(text)?.[1];
  if (root === undefined || !/^\uFEFF?\s*</.test(text)) return false;
  const last = text.slice(text.lastIndexOf('<')).trimEnd();
  return (
    !last.startsWith('<!--') && !last.startsWith(`</${root}`) && !(last.startsWith(`<${root}`) && last.endsWith('/>'))
  );
}

export const tagOf = (value: unknown): Tag | undefined => {
  if (Array.isArray(value)) return tagOf(value[0]);
  return typeof value === 'object' && value !== null ? (value as Tag) : undefined;
};

/** All tags of a name; one that holds nothing but text becomes one with that text. */
export function tagsOf(tag: Tag | undefined, name: string): Tag[] {
  const value = tag?.[name];
  const all: readonly unknown[] = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.map((it) => tagOf(it) ?? { '#text': it });
}

export function textOf(tag: Tag | undefined, name: string): string | null {
  const value = tag?.[name];
  if (typeof value === 'string') return decoded(value);
  const inside = tagOf(value)?.['#text'];
  return typeof inside === 'string' ? decoded(inside) : null;
}

export function numberOf(tag: Tag | undefined, name: string): number | null {
  const text = textOf(tag, name)?.replaceAll(',', '') ?? '';
  const number = Number(text);
  return text.trim() === '' || !Number.isFinite(number) || number < 0 ? null : number;
}

const NAMED: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

function decoded(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:(lt|gt|amp|quot|apos)|#(\d{1,7})|#x([0-9a-fA-F]{1,6}));/g, (all, name, digits, hex) => {
    if (name !== undefined) return NAMED[name] ?? all;
    const code = digits === undefined ? Number.parseInt(hex, 16) : Number(digits);
    return code > 0x10ffff ? all : String.fromCodePoint(code);
  });
}
