/**
 * `npm run schemas`: writes schemas/*.schema.json and the compiled validators from the entities.
 * With --check it writes nothing and fails when what is there is stale.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import formats from 'ajv-formats';
import { build } from 'esbuild';
import { SCHEMAS, type SchemaName } from '../src/entities/list.ts';
import { publishedSchema } from '../src/entities/published-schema.ts';

const root = new URL('../../../', import.meta.url);
const checking = process.argv.includes('--check');
const stale: string[] = [];
// Plain JavaScript with a declaration beside it: the compiler's checker cannot walk an expression of ten thousand terms.
const DECLARATION = `import type { CompiledValidator } from '../src/validate-with.ts';
declare const validate: CompiledValidator;
export default validate;
`;

for (const name of Object.keys(SCHEMAS) as SchemaName[]) {
  const published = publishedSchema(name);
  await keep(`schemas/${name}.schema.json`, `${JSON.stringify(published, null, 2)}\n`);
  await keep(`packages/domain/generated/${name}.js`, await compiled(published));
  await keep(`packages/domain/generated/${name}.d.ts`, DECLARATION);
}
if (stale.length > 0) {
  process.stderr.write(`stale: ${stale.join(', ')}. Run: npm run schemas\n`);
  process.exitCode = 1;
}

/** Ajv's own output still imports its helpers; bundled, it is plain code that runs under a strict CSP. */
async function compiled(schema: unknown): Promise<string> {
  const ajv = new Ajv2020({
    code: { source: true, esm: true, lines: false },
    useDefaults: true,
    allErrors: false,
    allowUnionTypes: true,
    strictTuples: false,
  });
  formats.default(ajv, ['date-time']);
  const source = standalone.default(ajv, ajv.compile(schema as object));
  const bundled = await build({
    stdin: {
      contents: source,
      resolveDir: new URL('..', import.meta.url).pathname,
      loader: 'js',
    },
    bundle: true,
    write: false,
    format: 'esm',
    minify: true,
    target: 'es2022',
    legalComments: 'none',
  });
  return `// Made by \`npm run schemas\`. Do not edit.\n${bundled.outputFiles[0]?.text ?? ''}`;
}

async function keep(path: string, content: string): Promise<void> {
  const file = new URL(path, root);
  const before = await readFile(file, 'utf8').catch(() => '');
  if (before === content) return;
  if (checking) {
    stale.push(path);
    return;
  }
  await mkdir(new URL('.', file), { recursive: true });
  await writeFile(file, content);
}
