/** Runs the story of a page as a reader would: in a new empty folder, with a new home, and with the program on the path. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePorts } from '@gityard/testing';
import type { Block } from './blocks.ts';
import { misprint } from './console.ts';
import { type Story, storyScript } from './story-script.ts';

const BUILT_PROGRAM = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));
/** Readers see these; another story may run beside, so each has ports of its own. */
const PORTS = /\b742\d\b/g;
const PATIENCE_MS = 240_000;

/** Resolves with what went otherwise than the page says, each with its place; nothing where all is as it says. */
export async function runStory(page: string, blocks: readonly Block[], program = BUILT_PROGRAM): Promise<string[]> {
  const story = storyScript(blocks);
  if (story.steps.length === 0) return [];
  const world = await mkdtemp(join(tmpdir(), 'gityard-story-'));
  try {
    const shown = [...new Set(story.script.match(PORTS))];
    const free = await freePorts(shown.length);
    const ports = new Map(shown.map((it, at) => [it, String(free[at])]));
    const script = story.script.replace(PORTS, (port) => ports.get(port) ?? port);
    const code = await run({ world, script, program });
    const printed = await readPrinted(world, ports);
    return judge(page, story, { code, printed });
  } finally {
    await rm(world, { recursive: true, force: true, maxRetries: 5 });
  }
}

interface Run {
  readonly world: string;
  readonly script: string;
  readonly program: string;
}

async function run({ world, script, program }: Run): Promise<number | null> {
  const [home, work, bin, story] = ['home', 'work', 'bin', 'story'].map((name) => join(world, name)) as [
    string,
    string,
    string,
    string,
  ];
  await Promise.all([home, work, bin, story].map((path) => mkdir(path)));
  await writeFile(join(bin, 'gityard'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
  await chmod(join(bin, 'gityard'), 0o755);
  // As Git is when it was just installed: what it has to know first, the page says.
  await writeFile(join(home, '.gitconfig'), '[user]\n\tuseConfigOnly = true\n');
  await writeFile(join(world, 'story.sh'), script);
  const child = spawn('bash', [join(world, 'story.sh')], {
    cwd: work,
    detached: true,
    stdio: 'ignore',
    env: {
      ...{ PATH: `${bin}:${process.env.PATH}`, HOME: home, STORY: story, TMPDIR: tmpdir(), USER: 'ada' },
      ...{ TZ: 'UTC', LC_ALL: 'C.UTF-8', GIT_CONFIG_NOSYSTEM: '1' },
    },
  });
  const impatient = setTimeout(() => endGroup(child.pid), PATIENCE_MS);
  const [code] = await once(child, 'exit');
  clearTimeout(impatient);
  endGroup(child.pid);
  return code;
}

/** What it started and did not name. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // Nothing of it is left.
  }
}

/** What each step printed that was begun. */
async function readPrinted(world: string, ports: ReadonlyMap<string, string>): Promise<string[]> {
  const names = await readdir(join(world, 'story'));
  const texts = await Promise.all(names.map((_, at) => readFile(join(world, 'story', String(at)), 'utf8')));
  // A commit may hold the digits of a port among its own.
  const asShown = (text: string) =>
    [...ports].reduce((it, [shown, port]) => it.replaceAll(new RegExp(`\\b${port}\\b`, 'g'), shown), text);
  return texts.map((text) => asShown(text).replaceAll(world, ''));
}

interface Ran {
  readonly code: number | null;
  readonly printed: readonly string[];
}

function judge(page: string, { steps }: Story, { code, printed }: Ran): string[] {
  const place = (at: number) => `${page}:${steps[at]?.line}`;
  const last = printed.length - 1;
  const failed =
    code === 0 && printed.length === steps.length
      ? []
      : [`${place(last)} failed (${code ?? 'too slow'}):\n${printed[last]}`];
  const differing = steps.flatMap(({ prints }, at) => {
    const text = printed[at];
    if (prints === undefined || text === undefined || (at === last && failed.length > 0)) return [];
    const lines = misprint(prints, text.split('\n'));
    return lines.length === 0 ? [] : [`${place(at)} prints something else:\n${lines.join('\n')}`];
  });
  return [...differing, ...failed];
}
