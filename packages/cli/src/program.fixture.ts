/**
 * The program against a real yard, each spec in a folder of its own: all of it but `main.ts` in this process, or the built
 * one in a process of its own. What differs from run to run is made alike.
 */
import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { git, temporaryFolder } from '@gityard/testing';
import { runProgram } from './program.ts';

export const PROGRAM = fileURLToPath(new URL('../dist/main.js', import.meta.url));

export interface Run {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

interface RunOptions {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
}

export interface World {
  readonly folder: string;
  /** The path of the bare repository that GITYARD_YARD names. */
  readonly yard: string;
  run(words: readonly string[], options?: RunOptions): Promise<Run>;
  /** The same in a process of its own: for what starts programs, waits for signals, or is about the process itself. */
  spawn(words: readonly string[], options?: RunOptions): Promise<Run>;
  /** The same in a process that lives on for the next. */
  live(life: ProgramLife, words: readonly string[], options?: RunOptions): ReturnType<ProgramLife['run']>;
  /** The one value that a run with --json printed. */
  json<T = Record<string, unknown>>(words: readonly string[], options?: RunOptions): Promise<T>;
  /** Runs that must succeed; resolves with stdout. */
  ok(...words: string[]): Promise<string>;
  /** A person's commit: writes files of the state branch by hand. */
  edit(files: Readonly<Record<string, string>>): Promise<void>;
  /** A person's commit: changes settings in yard.json, and keeps the others, its id above all. */
  configure(settings: Readonly<Record<string, unknown>>): Promise<void>;
  remove(): Promise<void>;
}

export async function makeWorld(): Promise<World> {
  const { path: folder, remove } = await temporaryFolder();
  const yard = join(folder, 'yard.git');
  const base = { HOME: folder, GITYARD_YARD: yard, GITYARD_AGENT: 'tester', TZ: 'UTC', GIT_CONFIG_NOSYSTEM: '1' };
  const here = ({ cwd = folder, env = {}, input }: RunOptions = {}) => ({ cwd, env: { ...base, ...env }, input });
  const run: World['run'] = (words, options) => runHere(words, here(options));
  const ok: World['ok'] = async (...words) => {
    const { code, stdout, stderr } = await run(words);
    if (code !== 0) throw new Error(`gityard ${words.join(' ')} exited with ${code}: ${stderr}`);
    return stdout;
  };
  await ok('init', yard, '--name', 'acme');
  return {
    folder,
    yard,
    run,
    spawn: (words, options) => spawnProgram(words, here(options)),
    live: (life, words, options) => life.run(words, here(options)),
    ok,
    json: async (words, options) => JSON.parse((await run(['--json', ...words], options)).stdout),
    edit: (files) => commitByHand(folder, { yard, files }),
    configure: async (settings) => {
      const config = JSON.parse(await git(['show', 'yard:yard.json'], { cwd: yard }));
      await commitByHand(folder, { yard, files: { 'yard.json': JSON.stringify({ ...config, ...settings }) } });
    },
    remove,
  };
}

type Place = RunOptions & { readonly cwd: string };

export async function runHere(words: readonly string[], { cwd, env, input = '' }: Place): Promise<Run> {
  const [stdout, stderr] = [new Printed(), new Printed()];
  const stdin = Readable.from([input]);
  const surroundings = { cwd, env: { PATH: process.env.PATH, ...env }, stdin, stdout, stderr };
  const code = await runProgram(words, { ...surroundings, colour: 'plain', terminal: null });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

class Printed extends Writable {
  readonly #chunks: Buffer[] = [];

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.#chunks.push(chunk);
    done();
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString();
  }
}

export function spawnProgram(words: readonly string[], { cwd, env = {}, input }: Place): Promise<Run> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      [PROGRAM, ...words],
      { cwd, env: { PATH: process.env.PATH, ...env }, maxBuffer: 1 << 26 },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : error ? -1 : 0, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

export interface ProgramLife {
  /** `left` is what would have kept a process of that command alone from ending. */
  run(words: readonly string[], place: Place): Promise<Run & { readonly left: readonly string[] }>;
  /** Lets it end by itself; resolves with its exit code, and with null where it had to be ended. */
  end(): Promise<number | null>;
}

const END_PATIENCE_MS = 60_000;

/** One process of the built program for command after command: to start it costs more than most of them do. */
export function startProgramLife(): ProgramLife {
  const child = fork(fileURLToPath(new URL('program-life.fixture.mjs', import.meta.url)), {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    execArgv: [],
  });
  const exit = once(child, 'exit');
  return {
    async run(words, { cwd, env }) {
      child.send({ words, cwd, env: { PATH: process.env.PATH, ...env } });
      const told = await Promise.race([once(child, 'message'), exit.then(([code]) => gone(words, code))]);
      return told[0];
    },
    async end() {
      if (child.connected) child.disconnect();
      const impatient = setTimeout(() => child.kill('SIGKILL'), END_PATIENCE_MS);
      const [code] = await exit;
      clearTimeout(impatient);
      return code;
    },
  };
}

function gone(words: readonly string[], code: number | null): never {
  throw new Error(`gityard ${words.join(' ')} took its process along, which ended with ${code}`);
}

async function commitByHand(
  folder: string,
  { yard, files }: { yard: string; files: Readonly<Record<string, string>> },
): Promise<void> {
  const { mkdir, mkdtemp, writeFile } = await import('node:fs/promises');
  const clone = await mkdtemp(join(folder, 'clone-'));
  await git(['clone', '--quiet', '--branch', 'yard', yard, clone], { cwd: folder });
  for (const [path, content] of Object.entries(files)) {
    await mkdir(join(clone, path, '..'), { recursive: true });
    await writeFile(join(clone, path), content);
  }
  await git(['add', '--all'], { cwd: clone });
  await git(['commit', '--quiet', '--message', 'by hand'], { cwd: clone });
  await git(['push', '--quiet', 'origin', 'yard'], { cwd: clone });
}

/** Ids, commits, times and the folder, each under a name; the same thing keeps the same name. */
export function alike(text: string, { folder }: { folder: string }): string {
  const names = new Map<string, string>();
  const named = (kind: string) => (found: string) => {
    const known =
      names.get(found) ?? `<${kind}${[...names.values()].filter((it) => it.startsWith(`<${kind}`)).length + 1}>`;
    names.set(found, known);
    return known;
  };
  return text
    .replaceAll(folder, '<folder>')
    .replace(/\b01[0-9a-hjkmnp-tv-z]{24}\b/g, named('id'))
    .replace(/\b[0-9a-f]{40}\b/g, named('commit'))
    .replace(/\bat [0-9a-f]{10}\b/g, 'at <commit>')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, '<time>')
    .replace(/\b\d+s ago\b/g, '<age>')
    .replace(/ +$/gm, '');
}
