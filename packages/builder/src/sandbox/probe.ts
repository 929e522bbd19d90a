/**
 * Tries a sandbox by a real program in it: it must start, write where it may, and neither see the home of root, nor reach the
 * machine's own services, nor make more processes than it may. Versions and settings of the kernel say too little.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runProcess } from '../process/run-process.ts';
import type { Cell, Limits, Sandbox } from './sandbox.ts';

const LIMITS: Limits = { cores: 0, memoryBytes: 256 * 1024 ** 2, diskBytes: 64 * 1024 ** 2, processes: 24 };
const PATIENCE_MS = 20_000;

/** Each line proves one thing; the first that cannot be proven is told. More processes than it may have are tried last. */
const SCRIPT = `
fail() { echo "$1"; exit 9; }
: > here || fail 'it cannot write its own workspace'
[ "$(cat here)" = '' ] || fail 'it cannot read its own workspace'
: 2>/dev/null > /usr/gityard-probe && fail 'it can write in /usr'
ls "$HIDDEN" >/dev/null 2>&1 && fail 'it sees folders that are not its own'
ls /root >/dev/null 2>&1 && fail 'it sees /root'
[ -e /proc/$OUTSIDE/exe ] && [ "$(cat /proc/$OUTSIDE/comm)" = node ] && fail 'it sees processes of the machine'
{ exec 3<>/dev/tcp/127.0.0.1/$PORT; } 2>/dev/null && fail 'it reaches services of the machine'
echo confined
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32; do sleep 10 & done
wait; exit 7
`;

/** Null: it holds. Else why it cannot be used, in a sentence. */
export async function whyUnfit(sandbox: Sandbox): Promise<string | null> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'gityard-probe-')));
  const hidden = await realpath(await mkdtemp(join(tmpdir(), 'gityard-hidden-')));
  const server = createServer((socket) => socket.destroy());
  try {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    return await tried(sandbox, { folder, hidden, port });
  } catch (error) {
    return `it cannot be set up: ${(error as Error).message}`;
  } finally {
    server.close();
    await Promise.all([folder, hidden].map((it) => rm(it, { recursive: true, force: true })));
  }
}

interface Ground {
  readonly folder: string;
  readonly hidden: string;
  readonly port: number;
}

async function tried(sandbox: Sandbox, { folder, hidden, port }: Ground): Promise<string | null> {
  const temporary = join(folder, 'tmp');
  await mkdir(temporary);
  const id = `probe-${randomBytes(4).toString('hex')}`;
  const request = { id, limits: LIMITS, writable: [folder], temporary, readable: [], marks: {} };
  const cell = await sandbox.open(request);
  try {
    return await told(cell, { folder, hidden, port });
  } finally {
    await cell.close();
  }
}

async function told(cell: Cell, { folder, hidden, port }: Ground): Promise<string | null> {
  const environment = {
    PATH: '/usr/local/bin:/usr/bin:/bin',
    HIDDEN: hidden,
    OUTSIDE: String(process.pid),
    PORT: String(port),
  };
  const program = { argv: ['bash', '-c', SCRIPT], folder, environment };
  const confined = await cell.confine(program, { stage: 'Build', network: 'none' });
  let said = '';
  const end = await runProcess({
    ...confined,
    stop: AbortSignal.timeout(PATIENCE_MS),
    graceMs: 0,
    onOutput: (chunk) => {
      said = (said + chunk.toString('utf8')).slice(0, 2_000);
    },
  });
  if (end.failure) return `its program does not start: ${end.failure.message}`;
  if (end.exitCode === 9) return said.trim();
  if (!said.includes('confined'))
    return `a program in it does not run: ${firstLine(said) || `exit code ${end.exitCode}`}`;
  const verdict = await cell.verdict();
  const limited = verdict?.includes('processes') === true || said.includes('temporarily unavailable');
  return limited ? null : 'it does not limit the number of processes';
}

const firstLine = (text: string): string => text.trim().split('\n')[0] ?? '';
