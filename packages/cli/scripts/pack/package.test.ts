/** The package as a stranger gets it: packed and installed by npm, outside of the checkout, with nothing but Node and Git. */
import { execFile } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { git, pretendIssues, startNode, type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { COMMANDS } from '../../src/commands/list.ts';
import { runStep } from '../../src/workflows/run-steps.fixture.ts';
import { makePackage } from './make-package.ts';
import { startRegistry } from './registry.fixture.ts';

/** Expressions of workflows that name the yard. */
const ELSEWHERE = ['vars.GITYARD_YARD', "vars.GITYARD_YARD || format('{0}/{1}', github.server_url, github.repository)"];
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

let world: TemporaryFolder;
let made: string;
let archive: string;
let prefix: string;
let yard: string;
let env: Record<string, string>;

/** A program by its name: what npm put onto the PATH, and what the machine has besides. */
function run(program: string, words: readonly string[], cwd = world.path): Promise<Run> {
  return new Promise((resolve) => {
    execFile(program, words, { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    );
  });
}

async function ok(program: string, words: readonly string[], cwd?: string): Promise<string> {
  const { code, stdout, stderr } = await run(program, words, cwd);
  if (code !== 0) throw new Error(`${program} ${words.join(' ')} exited with ${code}: ${stderr}`);
  return stdout;
}
const json = async <T>(...words: string[]): Promise<T> => JSON.parse(await ok('gityard', [...words, '--json'])) as T;
const listed = async (folder: string) => (await readdir(folder).catch(() => [])).filter((it) => !it.startsWith('.'));

beforeAll(async () => {
  world = await temporaryFolder();
  made = join(world.path, 'made');
  prefix = join(world.path, 'prefix');
  yard = join(world.path, 'yard.git');
  // Whoever runs the specs by npm has its own programs in the way.
  const path = (process.env.PATH ?? '').split(':').filter((it) => !it.includes('node_modules'));
  env = {
    HOME: world.path,
    PATH: [join(prefix, 'bin'), ...path].join(':'),
    GITYARD_YARD: yard,
    GITYARD_AGENT: 'build1',
    GITYARD_HOME: join(world.path, 'agent'),
    GIT_CONFIG_NOSYSTEM: '1',
    npm_config_offline: 'true',
    npm_config_audit: 'false',
  };
  await makePackage({ root: ROOT, folder: made, repository: 'https://github.com/acme/gityard' });
  const [packed] = JSON.parse(await ok('npm', ['pack', '--json', made])) as { filename: string }[];
  archive = join(world.path, packed?.filename ?? '');
  await ok('npm', ['install', '--global', '--prefix', prefix, '--ignore-scripts', archive]);
  await ok('gityard', ['init', yard, '--name', 'acme']);
});
afterAll(() => world.remove());

const manifest = async () => JSON.parse(await readFile(join(made, 'package.json'), 'utf8'));

describe('the package', () => {
  it('is one folder: it needs no other package, and runs nothing when it is installed', async () => {
    const installed = join(prefix, 'lib/node_modules');
    const { dependencies, optionalDependencies, peerDependencies, scripts } = await manifest();

    expect({ dependencies, optionalDependencies, peerDependencies, scripts }).toEqual({});
    expect(await listed(installed)).toEqual(['gityard']);
    expect(await listed(join(installed, 'gityard/node_modules'))).toEqual([]);
    expect((await stat(archive)).size).toBeLessThan(6_000_000);
  });

  it('is whole after it was installed, by its own list of digests', async () => {
    const { code, stdout, stderr } = await run(
      'sha256sum',
      ['--check', '--quiet', 'files.sha256'],
      join(prefix, 'lib/node_modules/gityard'),
    );

    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('holds nothing of the checkout that it was made in', async () => {
    const { stdout } = await run('grep', ['-rlF', ROOT, made]);

    expect(stdout).toBe('');
  });
});

describe('whose work is inside', () => {
  interface Bill {
    readonly components: readonly { 'bom-ref': string; group?: string; name: string; hashes?: unknown[] }[];
    readonly dependencies: readonly { ref: string; dependsOn: readonly string[] }[];
  }
  const bill = async (): Promise<Bill> => JSON.parse(await readFile(join(made, 'sbom.cdx.json'), 'utf8'));
  const nameOf = ({ group, name }: { group?: string; name: string }) => (group ? `${group}/${name}` : name);

  it('is listed with licence and digest, and nothing is that only builds or tests it', async () => {
    const { components } = await bill();
    const names = components.map(nameOf);

    expect(names).toEqual(expect.arrayContaining(['fastify', 'lit', '@redis/client', 'sql.js', 'swagger-ui-dist']));
    expect(names.filter((it) => /^(?:vite|vitest|typescript|esbuild|tsx|isomorphic-git)$/.test(it))).toEqual([]);
    expect(components.filter((it) => !it.hashes).map(nameOf)).toEqual(['swagger-ui-dist']);
    const texts = await readFile(join(made, 'THIRD-PARTY-LICENSES'), 'utf8');
    expect(names.filter((it) => !texts.includes(`\n${it}@`))).toEqual([]);
  });

  it('is reached from Gityard, each from one that needs it', async () => {
    const { components, dependencies } = await bill();
    const needs = new Map(dependencies.map((it) => [it.ref, it.dependsOn]));
    const reached = new Set<string>();
    const visit = (ref: string): void => {
      if (reached.has(ref)) return;
      reached.add(ref);
      (needs.get(ref) ?? []).forEach(visit);
    };

    visit(`pkg:npm/gityard@${(await manifest()).version}`);

    expect(components.map((it) => it['bom-ref']).filter((it) => !reached.has(it))).toEqual([]);
  });
});

describe('the program of the package', () => {
  it('answers by each of its names with the version that the package has', async () => {
    const expected = `gityard ${(await manifest()).version}\n`;

    expect(await ok('gityard', ['--version'])).toBe(expected);
    expect(await ok('build-cli', ['--version'])).toBe(expected);
    expect(await ok('git', ['yard', '--version'])).toBe(expected);
  });

  it('loads few files for --help, and none of them large', async () => {
    const coverage = await mkdtemp(join(world.path, 'coverage-'));
    env.NODE_V8_COVERAGE = coverage;
    onTestFinished(() => void delete env.NODE_V8_COVERAGE);

    await ok('gityard', ['--help']);

    const [file = ''] = await readdir(coverage);
    const { result } = JSON.parse(await readFile(join(coverage, file), 'utf8')) as { result: { url: string }[] };
    const loaded = result.map((it) => it.url).filter((it) => it.startsWith('file:'));
    const sizes = await Promise.all(loaded.map(async (it) => (await stat(new URL(it))).size));
    expect(loaded.length).toBeLessThan(20);
    expect(sizes.reduce((sum, it) => sum + it, 0)).toBeLessThan(120_000);
  });

  it('takes up a queue file that was pushed with Git alone, and builds it', async () => {
    const clone = join(world.path, 'clone');
    await git(['clone', '--quiet', '--branch', 'yard', yard, clone], { cwd: world.path });
    await mkdir(join(clone, 'queue'), { recursive: true });
    const wish = { command: ['sh', '-c', 'echo built > "$GITYARD_ARTIFACTS/hello.txt"'] };
    await writeFile(join(clone, 'queue/hello.json'), JSON.stringify(wish));
    await git(['add', '--all'], { cwd: clone });
    await git(['commit', '--quiet', '--message', 'Build it'], { cwd: clone });
    await git(['push', '--quiet', 'origin', 'yard'], { cwd: clone });

    await ok('gityard', ['agent', 'allow', '--commands']);
    const { code, stderr } = await run('gityard', ['agent', 'run', '--once']);

    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
    expect(await json('job', 'list')).toMatchObject([{ status: 'succeeded', agent: null }]);
    // Its heartbeat is a thread with a file of its own.
    expect(await json('agent', 'list')).toMatchObject([{ id: 'build1', lastBeatAt: expect.any(String) }]);
    expect(await json('audit')).toMatchObject({ ok: true });
  });

  it('serves its page, and the description of the API with Swagger UI', async () => {
    const main = join(prefix, 'lib/node_modules/gityard/dist/main.js');
    const server = startNode(main, ['serve', '--port', '0'], { cwd: world.path, env });
    onTestFinished(() => server.dispose());
    const [, page = ''] = await server.waitForLine(/^page +(\S+)/);
    const get = async (path: string) => {
      const answer = await fetch(new URL(path, page));
      return { status: answer.status, text: await answer.text() };
    };

    const { text } = await get('/');
    const scripts = [...text.matchAll(/(?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path = '']) => path);

    expect(text).toContain('<app-shell');
    expect(scripts.length).toBeGreaterThan(0);
    for (const it of [...scripts, 'docs', 'docs/static/swagger-ui-bundle.js', 'docs/static/logo.svg', 'openapi.json'])
      expect({ it, status: (await get(it)).status }).toEqual({ it, status: 200 });
  });

  describe('for GitHub', () => {
    let project: string;
    beforeAll(async () => {
      project = join(world.path, 'project');
      await git(['init', '--quiet', project], { cwd: world.path });
      await ok('gityard', ['init', yard, '--github', 'acme/app'], project);
    });

    /** What the workflow does on a machine without the program, where npm finds this archive under its name. */
    async function bringFrom(name: string, bytes: Buffer) {
      const { version } = await manifest();
      const registry = await startRegistry(name, version, bytes);
      onTestFinished(() => registry.close());
      const folder = await mkdtemp(join(world.path, 'runner-'));
      const { npm_config_offline: _, PATH = '', ...others } = env;
      const host = {
        folder,
        cwd: folder,
        env: {
          ...others,
          PATH: PATH.replace(`${join(prefix, 'bin')}:`, ''),
          npm_config_registry: registry.url,
          npm_config_cache: join(folder, 'cache'),
          RUNNER_TEMP: folder,
          GITHUB_PATH: join(folder, 'path'),
        },
        expressions: {
          ...Object.fromEntries(ELSEWHERE.map((it) => [it, yard])),
          'vars.GITYARD_PACKAGE': '',
        },
      };
      const text = await readFile(join(project, '.github/workflows/health-monitor.yml'), 'utf8');
      const step = await runStep(text, 'Install gityard', host);
      const [bin = ''] = (await readFile(host.env.GITHUB_PATH, 'utf8').catch(() => '')).split('\n');
      return { ...step, bin };
    }

    it('writes the page', async () => {
      expect(await listed(join(project, 'docs'))).toEqual(
        expect.arrayContaining(['assets', 'config.json', 'index.html', 'service-worker.js']),
      );
    });

    it('writes workflows that fetch it by npm, with nothing to set', async () => {
      const { code, bin } = await bringFrom('gityard', await readFile(archive));

      expect(code).toBe(0);
      expect(await ok(join(bin, 'gityard'), ['--version'])).toBe(await ok('gityard', ['--version']));
    });

    it('writes workflows that run no other program, whoever published it under that name and version', async () => {
      const stranger = await mkdtemp(join(world.path, 'stranger-'));
      const main = join(stranger, 'package/dist/main.js');
      const packed = async () => {
        await ok('tar', ['--create', '--gzip', '--file', 'archive.tgz', 'package'], stranger);
        return readFile(join(stranger, 'archive.tgz'));
      };
      await cp(made, join(stranger, 'package'), { recursive: true });
      await appendFile(main, '\n// and a little more');
      const changed = await bringFrom('gityard', await packed());
      await cp(join(made, 'dist/main.js'), main);
      await writeFile(join(stranger, 'package/dist/more.js'), '');
      const larger = await bringFrom('gityard', await packed());

      const refusal = { code: 1, bin: '', stdout: expect.stringMatching(/^::error title=this is not gityard::/m) };
      expect([changed, larger]).toMatchObject([refusal, refusal]);
    });

    it('writes workflows that say what to set where npm finds nothing', async () => {
      expect(await bringFrom('another', await readFile(archive))).toMatchObject({
        code: 1,
        bin: '',
        stdout: expect.stringContaining('Set the variable GITYARD_PACKAGE'),
      });
    });
  });

  it('opens issues, and exports its trail as a database', async () => {
    const issues = pretendIssues({ now: new Date().toISOString() });
    const server = await issues.listen();
    onTestFinished(() => server.close());
    Object.assign(env, { GITHUB_API_URL: server.apiUrl, GITHUB_TOKEN: issues.tracker.rules.token });

    await ok('gityard', ['monitor', '--github', 'acme/app']);
    await ok('gityard', ['audit', 'export', '--format', 'sqlite', '--out', 'trail.sqlite']);

    expect(issues.requests.length).toBeGreaterThan(0);
    expect((await readFile(join(world.path, 'trail.sqlite'))).subarray(0, 15).toString()).toBe('SQLite format 3');
  });

  it('is a whole yard on one machine, and reads a large report in a thread of its own', async () => {
    const app = join(world.path, 'app');
    await mkdir(app);
    const cases = `for (let n = 0; n < 20000; n++) text += '<testcase classname="c" name="adds ' + n + '" time="0.001"/>';`;
    await writeFile(
      join(app, 'test.cjs'),
      `let text = '<testsuite>'; ${cases} require('fs').writeFileSync('report.xml', text + '</testsuite>');`,
    );
    const recipe = { toolchain: 'shell', stages: { Test: ['node', 'test.cjs'] }, reports: { tests: ['report.xml'] } };
    await writeFile(join(app, 'gityard.json'), JSON.stringify(recipe));
    await git(['init', '--quiet', '--initial-branch', 'main'], { cwd: app });
    await git(['add', '.'], { cwd: app });
    await git(['commit', '--quiet', '--message', 'Begin'], { cwd: app });

    const words = [
      'up',
      '--once',
      '--no-open',
      '--port',
      '0',
      '--agents',
      '1',
      '--dir',
      'local',
      '--repo',
      app,
      '--json',
    ];
    const { code, stdout, stderr } = await run('gityard', words);

    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.any(String) });
    expect(JSON.parse(stdout)).toMatchObject({ job: { status: 'succeeded', result: { tests: { passed: 20_000 } } } });
  });
});

describe('what programs of others take from the package', () => {
  it('is the client of the API with its types, and a compiler is content with it', async () => {
    const project = join(world.path, 'uses-client');
    await mkdir(join(project, 'node_modules'), { recursive: true });
    await symlink(made, join(project, 'node_modules/gityard'));
    await writeFile(join(project, 'package.json'), '{"type": "module"}');
    await writeFile(
      join(project, 'use.ts'),
      `import { apiCaller, type Connection, followYard } from 'gityard/client';
export const states: Connection['state'][] = ['live'];
export const both: [typeof apiCaller, typeof followYard] = [apiCaller, followYard];
// @ts-expect-error no such state
export const wrong: Connection['state'] = 'gone';
`,
    );
    const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
    const flags = ['--noEmit', '--strict', '--module', 'nodenext', '--lib', 'es2023,dom'];

    expect(await run(process.execPath, [tsc, ...flags, 'use.ts'], project)).toMatchObject({ code: 0, stdout: '' });
    const loaded = `const { followYard } = await import('gityard/client'); console.log(typeof followYard)`;
    expect(await ok(process.execPath, ['--input-type=module', '-e', loaded], project)).toBe('function\n');
  });
});

describe('its manual', () => {
  it('has a page for the first word of every command, which groff reads without a warning', async () => {
    const folder = join(made, 'man');
    const pages = await listed(folder);
    const words = new Set(COMMANDS.map(({ name }) => `gityard-${name.split(' ')[0]}.1`));

    expect(pages.sort()).toEqual(['git-yard.1', 'gityard.1', ...words].sort());
    const { code, stderr } = await run(
      'groff',
      ['-man', '-Tutf8', '-ww', '-z', ...pages.filter((it) => it !== 'git-yard.1')],
      folder,
    );
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  it('is where man looks after a global installation', async () => {
    expect(await listed(join(prefix, 'share/man/man1'))).toEqual(expect.arrayContaining(['gityard.1', 'git-yard.1']));
  });
});
