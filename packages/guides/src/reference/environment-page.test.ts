import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { GIVEN, READ } from './environment-page.ts';

const PACKAGES = fileURLToPath(new URL('../../../', import.meta.url));
const PROGRAM = join(PACKAGES, 'cli/dist/main.js');
const OF_THE_PROGRAM = ['cli', 'agent', 'yard', 'store', 'builder', 'telemetry', 'monitor', 'api'];
const NO_SOURCE = /\.(?:test|fixture)\.ts$|[\\/](?:specs?|testing)[\\/]/;

/** Known to every program, or to a family that the page names by one of its own. */
const EVERYWHERE = /^(?:PATH|HOME|USERPROFILE|SUDO_USER|TMPDIR|OTEL_\w+)$/;
/** What one process of the program tells another, and nobody else sets. */
const WITHIN = /^GITYARD_LAUNCHER$/;
/** Of the shell, or of the families of which the page tells in a sentence: where tools, proxies and authorities are. */
const OF_THE_SHELL =
  /^(?:PATH|PWD|OLDPWD|SHLVL|_|DOTNET_\w+|NUGET_\w+|JAVA_HOME|MAVEN_HOME|M2_HOME|\w*CA_BUNDLE|SSL_CERT_\w+|NODE_EXTRA_CA_CERTS|GIT_SSL_CAINFO|\w+_PROXY)$/;

describe('environment-page', () => {
  it('names every variable that the sources ask for', async () => {
    const told = JSON.stringify(READ);
    const asked = (await Promise.all(OF_THE_PROGRAM.map(sourcesOf))).flat().flatMap(variablesIn);

    expect(new Set(asked).size).toBeGreaterThan(30);
    expect(
      [...new Set(asked)].filter((name) => !EVERYWHERE.test(name) && !WITHIN.test(name) && !told.includes(name)),
    ).toEqual([]);
  });

  it('names what a build finds, and nothing else', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'gityard-environment-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const env = { PATH: process.env.PATH, HOME: folder, GITYARD_HOME: folder };

    const { stdout, stderr } = await promisify(execFile)(process.execPath, [PROGRAM, 'run', '--', 'env'], {
      cwd: folder,
      env,
    });

    const found = [...`${stdout}\n${stderr}`.matchAll(/^([A-Z_]\w*)=/gm)].map(([, name = '']) => name);
    const told = GIVEN.map(([name]) => name);
    expect(found.filter((name) => !told.includes(name) && !OF_THE_SHELL.test(name))).toEqual([]);
    expect(told.filter((name) => !found.includes(name))).toEqual([]);
  });
});

async function sourcesOf(name: string): Promise<string[]> {
  const files = await readdir(join(PACKAGES, name, 'src'), { recursive: true });
  const paths = files.filter((path) => path.endsWith('.ts') && !NO_SOURCE.test(path));
  return await Promise.all(paths.map((path) => readFile(join(PACKAGES, name, 'src', path), 'utf8')));
}

const variablesIn = (source: string): string[] =>
  [...source.matchAll(/\benv(?:ironment)?\??\.([A-Z][A-Z0-9_]{2,})|['`](GITYARD_[A-Z_]*[A-Z])['`]/g)].map(
    ([, asked, named]) => asked ?? named ?? '',
  );
