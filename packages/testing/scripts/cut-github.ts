/**
 * Cuts GitHub's published description of its API down to what our programs and their pretended GitHub use, and turns it into
 * OpenAPI 3.1, whose schemas are JSON Schema as it is: in 3.0 `nullable` means nothing to validators of JSON Schema.
 *
 *     npm pack @octokit/openapi && tar xzf octokit-openapi-*.tgz
 *     tsx packages/testing/scripts/cut-github.ts package/generated/api.github.com.json
 */
import { readFile, writeFile } from 'node:fs/promises';

const REPOSITORY = '/repos/{owner}/{repo}';
const GIT = `${REPOSITORY}/git`;
const ISSUE = `${REPOSITORY}/issues/{issue_number}`;
/** Path → methods. */
const USED: Readonly<Record<string, readonly string[]>> = {
  '/rate_limit': ['get'],
  [REPOSITORY]: ['get'],
  [`${REPOSITORY}/issues`]: ['get', 'post'],
  [ISSUE]: ['get', 'patch'],
  [`${ISSUE}/comments`]: ['get', 'post'],
  [`${ISSUE}/labels`]: ['post'],
  [`${REPOSITORY}/issues/comments`]: ['get'],
  [`${REPOSITORY}/issues/comments/{comment_id}`]: ['get', 'patch'],
  [`${REPOSITORY}/issues/comments/{comment_id}/reactions`]: ['get', 'post'],
  [`${REPOSITORY}/labels`]: ['get', 'post'],
  [`${REPOSITORY}/collaborators/{username}/permission`]: ['get'],
  [`${REPOSITORY}/statuses/{sha}`]: ['post'],
  [`${REPOSITORY}/commits/{ref}/status`]: ['get'],
  [`${REPOSITORY}/commits/{ref}/statuses`]: ['get'],
  [`${REPOSITORY}/actions/workflows/{workflow_id}/runs`]: ['get'],
  [`${GIT}/ref/{ref}`]: ['get'],
  [`${GIT}/matching-refs/{ref}`]: ['get'],
  [`${GIT}/refs`]: ['post'],
  [`${GIT}/trees/{tree_sha}`]: ['get'],
  [`${GIT}/trees`]: ['post'],
  [`${GIT}/blobs/{file_sha}`]: ['get'],
  [`${GIT}/blobs`]: ['post'],
  [`${GIT}/commits`]: ['post'],
};
/** Words for people, and examples, of which some break their own schema. */
const IDLE = new Set([
  'description',
  'example',
  'examples',
  'externalDocs',
  'x-github',
  'x-github-breaking-changes',
  'tags',
  'summary',
  'title',
  'deprecated',
  'operationId',
  'headers',
  'default',
]);

type Json = unknown;
type Tree = Record<string, Json>;
const isTree = (value: Json): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

const [file = ''] = process.argv.slice(2);
const whole = JSON.parse(await readFile(file, 'utf8')) as Tree;

const paths: Tree = {};
for (const [path, methods] of Object.entries(USED)) {
  const item = at(whole, ['paths', path]);
  paths[path] = Object.fromEntries(
    [...methods, 'parameters'].flatMap((it) => (item[it] ? [[it, slim(item[it])]] : [])),
  );
}
const components: Tree = {};
for (let missing = unmet(); missing.length > 0; missing = unmet())
  for (const [kind, name] of missing) {
    components[kind] = { ...(components[kind] as Tree), [name]: slim(at(whole, ['components', kind, name])) };
  }

const { info } = whole as { info: { version: string } };
const cut = {
  openapi: '3.1.0',
  info: { title: 'GitHub REST API, a part of it', version: info.version, license: { name: 'MIT' } },
  paths,
  components,
};
const target = new URL('../src/github/issues/github-openapi.json', import.meta.url);
await writeFile(target, `${JSON.stringify(cut)}\n`);
process.stdout.write(
  `${Object.keys(paths).length} paths, ${Object.keys((components.schemas ?? {}) as Tree).length} schemas\n`,
);

function at(tree: Tree, keys: readonly string[]): Tree {
  return keys.reduce<Tree>((it, key) => {
    const next = it[key];
    if (!isTree(next)) throw new Error(`the description has no ${keys.join('.')}`);
    return next;
  }, tree);
}

function unmet(): (readonly [string, string])[] {
  const wanted = [...JSON.stringify({ paths, components }).matchAll(/"#\/components\/(\w+)\/([^"]+)"/g)];
  return wanted
    .map(([, kind = '', name = '']) => [kind, name] as const)
    .filter(([kind, name]) => !Object.hasOwn((components[kind] ?? {}) as Tree, name));
}

/** A property may be called like an idle word: below `properties` names are names. */
function slim(value: Json, isNames = false): Json {
  if (Array.isArray(value)) return value.map((it) => slim(it));
  if (!isTree(value)) return value;
  const kept = Object.entries(value).filter(([key]) => isNames || (!IDLE.has(key) && key !== 'nullable'));
  const tree = Object.fromEntries(kept.map(([key, it]) => [key, slim(it, !isNames && key === 'properties')]));
  return !isNames && value.nullable === true ? orNull(tree) : tree;
}

function orNull(schema: Tree): Tree {
  const { type, enum: words } = schema;
  if (typeof type !== 'string') return { anyOf: [schema, { type: 'null' }] };
  return { ...schema, type: [type, 'null'], ...(Array.isArray(words) && { enum: [...words, null] }) };
}
