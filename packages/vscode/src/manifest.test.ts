/** What package.json says of the extension, held against what there is. */
import { access, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { buildExtension } from '../scripts/build.ts';
import { bundle } from '../scripts/bundle.ts';

const HERE = join(import.meta.dirname, '..');
const { contributes } = manifest;

let built: string;
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'gityard-extension-'));
  await buildExtension(built);
});
afterAll(() => rm(built, { recursive: true }));

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

describe('the manifest', () => {
  it('names files that are there when it is built', async () => {
    const ours = [manifest.icon, ...contributes.viewsContainers.activitybar.map(({ icon }) => icon)];
    const made = [
      manifest.main,
      ...contributes.jsonValidation.map(({ url }) => url),
      ...contributes.yamlValidation.map(({ url }) => url),
    ];

    for (const path of ours) expect(await isThere(join(HERE, path)), path).toBe(true);
    for (const path of made) expect(await isThere(join(built, path.replace('./dist/', ''))), path).toBe(true);
  });

  it('puts only commands that there are into its menus and its first words, and all but one into the palette', () => {
    const commands = contributes.commands.map(({ command }) => command);
    const { commandPalette, ...menus } = contributes.menus;
    const used = Object.values(menus)
      .flat()
      .map(({ command }) => command);
    const linked = contributes.viewsWelcome.flatMap(({ contents }) =>
      [...contents.matchAll(/\(command:([\w.]+)\)/g)].map(([, id]) => id),
    );

    expect([...used, ...linked].filter((id) => !commands.includes(id ?? ''))).toEqual([]);
    expect(commandPalette).toEqual([{ command: 'gityard.showMore', when: 'false' }]);
    expect(new Set(commands).size).toBe(commands.length);
  });

  it('lets no workspace that is not trusted say which server is called or which program is started', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const ofMachine = Object.entries(contributes.configuration.properties).filter(
      ([, { scope }]) => scope === 'machine',
    );

    expect([...restrictedConfigurations, ...ofMachine.map(([name]) => name)].sort()).toEqual(
      Object.keys(contributes.configuration.properties).sort(),
    );
  });
});

describe('the bundle', () => {
  it('holds nothing of a server', async () => {
    const { inputs } = await bundle();

    expect(
      inputs.filter((it) =>
        /packages\/(store|yard|agent|cli|gitserver)\/|api\/src\/routes|node_modules\/(fastify|jose|@azure)/.test(it),
      ),
    ).toEqual([]);
  });
});

describe('the schema of a queue file', () => {
  it('knows jobs, commands, and lists of both, and tells of each what is wrong with it', async () => {
    const schema = JSON.parse(await readFile(join(built, 'schemas', 'queue-file.schema.json'), 'utf8'));
    const ajv = new Ajv2020({ strict: false });
    formats.default(ajv);
    const check = ajv.compile(schema);

    const good = [
      { repo: 'https://git.example/a' },
      { op: 'cancel', target: 'b1' },
      [{ command: ['make'] }, { op: 'retry', target: 'b1' }],
    ];
    for (const file of good) expect(check(file), JSON.stringify(file)).toBe(true);
    const bad = [
      { priority: 'Soon' },
      { op: 'explode', target: 'b1' },
      { op: 'cancel' },
      [{ op: 'cancel' }],
      'text',
      3,
    ];
    for (const file of bad) expect(check(file), JSON.stringify(file)).toBe(false);
  });
});
