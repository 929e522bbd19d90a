/**
 * XML files of a project as a tree in their order, as build tools read them: project files and poms. Written by strangers: of
 * bounded size, entities of their own are refused, and what cannot be read is null, for the tool itself to complain about.
 */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  readonly text: string;
}

const MOST_CHARACTERS = 4 * 1024 * 1024;

export async function readXmlTree(text: string): Promise<Element | null> {
  if (text.length > MOST_CHARACTERS || text.includes('<!ENTITY')) return null;
  const { XMLParser } = await import('fast-xml-parser');
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseTagValue: false,
    ignoreDeclaration: true,
    ignorePiTags: true,
  });
  try {
    return elementsOf(parser.parse(text.replace(/^\uFEFF/, ''))).children[0] ?? null;
  } catch {
    // Nested too deeply, or no XML at all: the tool will say what it thinks of it.
    return null;
  }
}

/** All elements below it, itself first. */
export function within(element: Element): readonly Element[] {
  return [element, ...element.children.flatMap(within)];
}

export const childOf = (element: Element | null | undefined, name: string): Element | undefined =>
  element?.children.find((it) => it.name === name);

/** The text at a path of names below it, without the space around. */
export function textAt(element: Element | null | undefined, ...path: readonly string[]): string | undefined {
  const found = path.reduce<Element | undefined>((at, name) => childOf(at, name), element ?? undefined);
  const text = found?.text.trim();
  return text === '' ? undefined : text;
}

type Parsed = Readonly<Record<string, unknown>>;

function elementsOf(nodes: readonly Parsed[]): Pick<Element, 'children' | 'text'> {
  const children: Element[] = [];
  let text = '';
  for (const node of nodes) {
    const { ':@': attributes, '#text': words, ...named } = node;
    if (typeof words === 'string') text += words;
    const [first] = Object.entries(named);
    if (!first || !Array.isArray(first[1])) continue;
    const given = (attributes ?? {}) as Readonly<Record<string, string>>;
    children.push({ name: first[0], attributes: given, ...elementsOf(first[1]) });
  }
  return { children, text };
}
