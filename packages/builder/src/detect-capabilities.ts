/**
 * What this machine can do, found by looking: its size, and which tools answer when asked for their version. A tool
 * that is missing, broken or slow to answer is not listed. Asking costs a second of the machine, which every build would pay
 * whose repository asks for something: so the tools are asked once a minute at most.
 */
import { execFile } from 'node:child_process';
import { statfs } from 'node:fs/promises';
import { arch, availableParallelism, homedir, platform, totalmem } from 'node:os';
import type { Capabilities } from '@gityard/domain';
import { inherited } from './inherited.ts';

const GIGABYTE = 1e9;
/** On a machine that builds with all it has, even `npm --version` takes long; a tool that is dropped for it costs every job. */
const PATIENCE_MS = 30_000;
const REMEMBERED_MS = 60_000;

const TOOLS: Readonly<Record<string, readonly string[]>> = {
  bwrap: ['--version'],
  cargo: ['--version'],
  cmake: ['--version'],
  docker: ['--version'],
  dotnet: ['--version'],
  gcc: ['--version'],
  git: ['--version'],
  go: ['version'],
  gradle: ['--version'],
  java: ['-version'],
  make: ['--version'],
  mvn: ['--version'],
  node: ['--version'],
  npm: ['--version'],
  pnpm: ['--version'],
  podman: ['--version'],
  pwsh: ['--version'],
  python3: ['--version'],
  yarn: ['--version'],
};

/** `folder`: of its disk it tells the size. */
export async function detectCapabilities(folder = homedir()): Promise<Capabilities> {
  const [{ tools, dotnet }, diskGB] = await Promise.all([toolsOfNow(), measureDisk(folder)]);
  return {
    os: platform(),
    arch: arch(),
    cores: availableParallelism(),
    memoryGB: rounded(totalmem() / GIGABYTE),
    diskGB,
    tools: { ...tools },
    ...(dotnet.length > 0 ? { sdks: { dotnet: [...dotnet] } } : {}),
  };
}

interface Tools {
  readonly tools: Readonly<Record<string, string>>;
  readonly dotnet: readonly string[];
}

let asked: { readonly path: string | undefined; readonly atMs: number; readonly found: Promise<Tools> } | undefined;

function toolsOfNow(): Promise<Tools> {
  const path = process.env.PATH;
  if (asked === undefined || asked.path !== path || performance.now() - asked.atMs > REMEMBERED_MS)
    asked = { path, atMs: performance.now(), found: askTools() };
  return asked.found;
}

async function askTools(): Promise<Tools> {
  const [tools, dotnet] = await Promise.all([detectTools(), dotnetSdks()]);
  return { tools, dotnet };
}

async function detectTools(): Promise<Record<string, string>> {
  const found = await Promise.all(
    Object.entries(TOOLS).map(async ([name, args]) => [name, await versionOf(name, args)] as const),
  );
  return Object.fromEntries(found.filter((entry): entry is [string, string] => entry[1] !== null));
}

/** Several stand side by side, and a repository may ask for any of them. */
async function dotnetSdks(): Promise<string[]> {
  const output = (await ask('dotnet', ['--list-sdks'])) ?? '';
  return [...output.matchAll(/^(\d+\.\d+\.\d+\S*) \[/gm)].map(([, version = '']) => version.slice(0, 50)).slice(0, 100);
}

/** Tools say it in many ways ("git version 2.39.5", "openjdk 17.0.15 2025-04-15"): the first dotted number is it. */
async function versionOf(name: string, args: readonly string[]): Promise<string | null> {
  const version = /\d+(?:\.\d+)+[\w.+-]*/.exec((await ask(name, args)) ?? '')?.[0];
  return version === undefined ? null : version.slice(0, 50);
}

/** What it prints; null when it fails, or takes too long for an answer. */
function ask(name: string, args: readonly string[]): Promise<string | null> {
  const environment = inherited(process.env, (variable) => /^(HOME|USERPROFILE|JAVA_HOME|DOTNET_ROOT)$/.test(variable));
  return new Promise((resolve) => {
    execFile(
      name,
      args,
      { timeout: PATIENCE_MS, killSignal: 'SIGKILL', env: { ...environment, DOTNET_NOLOGO: '1' }, windowsHide: true },
      (error, stdout, stderr) => resolve(error ? null : `${stdout}\n${stderr}`),
    );
  });
}

async function measureDisk(folder: string): Promise<number> {
  const { blocks, bsize } = await statfs(folder);
  return rounded((blocks * bsize) / GIGABYTE);
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
