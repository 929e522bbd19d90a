/** The files that people write, field by field, as their schemas say it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { code, page, plain, table } from './words.ts';

const SCHEMAS = fileURLToPath(new URL('../../../../schemas/', import.meta.url));

const FILES = [
  ['yard', 'yard.json', 'The settings of the yard, at the top of the state branch. All of it may be left out.'],
  [
    'recipe',
    'gityard.yml',
    'How a repository is built, at its top; `gityard.json` and `gityard.yaml` are read as well. Without it the toolchain is found by what the files look like. `gityard config lint gityard.yml` checks one.',
  ],
  [
    'queue-job',
    'queue/*.json: a job',
    'An ask for a build. Any name that ends in `.json` will do; a file may hold one job or an array of them. See [the queue by commits](../queue-by-commits.md).',
  ],
  ['queue-command', 'queue/*.json: a command', 'A change of something that is there, in a file of the same folder.'],
  [
    'branches',
    'branches_config.json',
    'The branches that are built by themselves, in `shared/` of the state branch; `gityard branch add` writes it.',
  ],
  [
    'policy',
    'policy.json',
    'What may run on an agent: in its own folder (`GITYARD_HOME`), never in the repository. `gityard agent allow` writes it, `gityard agent policy` shows it.',
  ],
] as const;

export async function filesPage(): Promise<string> {
  const sections = await Promise.all(
    FILES.map(async ([name, title, words]) => {
      const schema: Schema = JSON.parse(await readFile(`${SCHEMAS}${name}.schema.json`, 'utf8'));
      const rows = fieldsOf(schema).filter(([path]) => !path?.includes('$schema'));
      const link = `Schema: [${code(`schemas/${name}.schema.json`)}](../../../../schemas/${name}.schema.json)`;
      return page(`## ${title}`, words, table(['field', 'means', 'takes'], rows), link);
    }),
  );
  return page(
    '# Files',
    'For whoever edits by hand: each field of the files that people write. The tables are made of the schemas, which editors read too.',
    'A field that is not known is kept and otherwise ignored, since a newer program may know it; in `gityard.yml` and `policy.json`, which no program of others writes, it is a mistake and told of. `[]` behind a name: each of a list; `<name>`: any name of your own.',
    ...sections,
  );
}

interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly description?: string;
  readonly default?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly minimum?: number;
  readonly maximum?: number;
}

function fieldsOf(schema: Schema, before = ''): string[][] {
  const fields = Object.entries(schema.properties ?? {});
  // A stage may be written as people write it and as it is shown; one row is enough for both.
  const isTwice = (name: string): boolean =>
    name !== name.toLowerCase() && fields.some(([it]) => it === name.toLowerCase());
  return fields.flatMap(([name, field]) => {
    if (isTwice(name)) return [];
    const path = before + name;
    const required = schema.required?.includes(name) ? ' (required)' : '';
    const inner = innerFields(field, path);
    const own = [
      code(path),
      plain(field.description ?? ''),
      [`${takes(field)}${required}`, defaultOf(field)].filter(Boolean).join('; else '),
    ];
    return field.properties && !field.description ? inner : [own, ...inner];
  });
}

function innerFields(field: Schema, path: string): string[][] {
  if (field.properties) return fieldsOf(field, `${path}.`);
  if (field.items?.properties) return fieldsOf(field.items, `${path}[].`);
  const values = typeof field.additionalProperties === 'object' ? field.additionalProperties : undefined;
  return values?.properties ? fieldsOf(values, `${path}.<name>.`) : [];
}

function takes({ type, enum: words, minimum, maximum, items }: Schema): string {
  if (words) return words.map((word) => code(String(word))).join(' ');
  const types = [type ?? 'any'].flat().filter((it) => it !== 'null');
  const bounds = boundsOf(minimum, maximum !== undefined && maximum <= 1000 ? maximum : undefined);
  const of = types.includes('array') && items?.enum ? ` of ${items.enum.map((it) => code(String(it))).join(' ')}` : '';
  return `${types.join(' or ')}${bounds}${of}`;
}

function boundsOf(least: number | undefined, most: number | undefined): string {
  if (least !== undefined && most !== undefined) return ` ${least} to ${most}`;
  if (least) return ` from ${least}`;
  return most === undefined ? '' : ` up to ${most}`;
}

function defaultOf({ default: value }: Schema): string {
  const isEmpty =
    value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);
  return isEmpty ? '' : code(typeof value === 'string' ? value : JSON.stringify(value));
}
