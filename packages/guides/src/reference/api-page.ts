/** Every request that the server answers, as its own description says it. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { code, page, plain, table } from './words.ts';

const DESCRIPTION = fileURLToPath(new URL('../../../api/openapi.json', import.meta.url));

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly tags?: readonly { readonly name: string; readonly description?: string }[];
}
interface Operation {
  readonly operationId: string;
  readonly summary?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly Given[];
  readonly requestBody?: { readonly content?: Readonly<Record<string, { readonly schema?: Schema }>> };
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}
interface Given {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly description?: string;
}
interface Schema {
  readonly properties?: Readonly<Record<string, { readonly description?: string; readonly enum?: readonly unknown[] }>>;
  readonly required?: readonly string[];
}

export async function apiPage(): Promise<string> {
  const { paths }: Description = JSON.parse(await readFile(DESCRIPTION, 'utf8'));
  const operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const tags = [...new Set(operations.map(({ operation }) => tagOf(operation)))];
  return page(
    '# REST API',
    'For programs: what `gityard serve` (and `up`) answers. This page is made of the server’s own description, which it also serves as `/openapi.json` and, to be tried out, at `/docs`.',
    'Programs show a token: `Authorization: Bearer …`, made by `gityard token new`. Developers look and ask for builds, BuildMasters steer builds and agents, Admins give out tokens. Errors are problem documents (RFC 9457). A POST heeds an `Idempotency-Key`: the same key is the same answer, also after a restart.',
    ...tags.flatMap((tag) => [
      `## ${tag}`,
      ...operations.filter(({ operation }) => tagOf(operation) === tag).map(sectionOf),
    ]),
  );
}

const tagOf = ({ tags }: Operation): string => tags?.[0] ?? 'other';

function sectionOf({ path, method, operation }: { path: string; method: string; operation: Operation }): string {
  const { summary = '', description = '', parameters = [], requestBody, responses } = operation;
  const [body] = Object.values(requestBody?.content ?? {});
  const given = parameters.filter(({ in: place }) => place !== 'path' || path.includes('{'));
  return page(
    `### ${method} ${plain(path)}`,
    [plain(summary), plain(description)].filter(Boolean).join('. '),
    table(['given', 'where', 'means'], [...given.map(givenRow), ...bodyRows(body?.schema)]),
    table(
      ['answer', 'means'],
      Object.entries(responses).map(([status, it]) => [status, it.description.replaceAll('|', '\\|')]),
    ),
  );
}

const givenRow = ({ name, in: place, required, description = '' }: Given): string[] => [
  code(name),
  `${place}${required && place !== 'path' ? ', required' : ''}`,
  plain(description),
];

function bodyRows(schema: Schema | undefined): string[][] {
  return Object.entries(schema?.properties ?? {}).map(([name, { description = '', enum: words }]) => [
    code(name),
    `body${schema?.required?.includes(name) ? ', required' : ''}`,
    [plain(description), words?.map((it) => code(String(it))).join(' ')].filter(Boolean).join(': '),
  ]);
}
