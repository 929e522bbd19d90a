/**
 * Puts each schema as data, and one reader of schemas, in the place of the compiled validators: those are made for programs
 * that check thousands of files, and one of them alone weighs as much as the rest of a page.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

const VALIDATORS = '#validators/';
const READER = fileURLToPath(new URL('../../domain/src/interpret-schema.ts', import.meta.url));

/** Files of sources and of machines: what a page reads is a yard. */
const IN_NO_YARD: ReadonlySet<string> = new Set(['recipe', 'policy']);

export const schemasAsData = (): Plugin => ({
  name: 'schemas-as-data',
  enforce: 'pre',
  resolveId: (name) => (name.startsWith(VALIDATORS) ? `\0${name}` : undefined),
  async load(id) {
    if (!id.startsWith(`\0${VALIDATORS}`)) return undefined;
    const name = id.slice(VALIDATORS.length + 1);
    if (IN_NO_YARD.has(name)) return `export default () => { throw new Error('no page reads ${name}'); };`;
    const file = new URL(`../../../schemas/${name}.schema.json`, import.meta.url);
    const schema: unknown = JSON.parse(await readFile(file, 'utf8'), (key, value) =>
      isProse(key, value) ? undefined : value,
    );
    return `import { validatorOf } from ${JSON.stringify(READER)};
export default /* @__PURE__ */ validatorOf(/* @__PURE__ */ JSON.parse(${JSON.stringify(JSON.stringify(schema))}));`;
  },
});

/** A property may be called `title` too; its schema is then no text. */
const isProse = (key: string, value: unknown): boolean =>
  ['description', 'title', '$schema'].includes(key) && typeof value === 'string';
