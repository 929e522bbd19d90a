/**
 * Starts `gityard serve` for this window and waits for the address that it prints. The yard goes along in the environment, so that
 * no word of a setting is ever read as a flag or by a shell.
 */
import { type ChildProcess, spawn } from 'node:child_process';

export interface StartServer {
  readonly program: string;
  /** Path or address; empty: the repository of the folder. */
  readonly yard: string;
  readonly folder: string | undefined;
}

export interface StartedServer {
  /** Its address, with the key. */
  readonly page: string;
  stop(): void;
}

const WORDS = ['serve', '--json', '--port', '0'];
const PATIENCE_MS = 60_000;

/** Throws with what the program said when it ends, or says nothing for a minute. */
export async function startServer({ program, yard, folder }: StartServer): Promise<StartedServer> {
  const child = spawn(program, WORDS, {
    cwd: folder,
    env: { ...process.env, ...(yard !== '' && { GITYARD_YARD: yard }) },
    stdio: ['ignore', 'pipe', 'pipe'],
    // npm installs a .cmd there, which only the shell runs; the words are ours alone.
    shell: process.platform === 'win32',
    windowsHide: true,
  });
  try {
    return { page: await pageOf(child), stop: () => void child.kill() };
  } catch (error) {
    child.kill();
    throw error;
  }
}

function pageOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    let complaint = '';
    const timer = setTimeout(() => reject(new Error('gityard serve said nothing for a minute')), PATIENCE_MS);
    child.stdout?.on('data', (piece: Buffer) => {
      said = (said + piece.toString()).slice(0, 10_000);
      const page = pageIn(said);
      if (page === undefined) return;
      clearTimeout(timer);
      resolve(page);
    });
    child.stderr?.on('data', (piece: Buffer) => {
      complaint = (complaint + piece.toString()).slice(-2_000);
    });
    child.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      reject(
        error.code === 'ENOENT' ? new Error('gityard is not installed here, or not where gityard.program says') : error,
      );
    });
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(complaint.trim() || `gityard serve ended with ${code}`));
    });
  });
}

/** undefined: it has not said all of it yet. */
function pageIn(said: string): string | undefined {
  try {
    const { page } = JSON.parse(said) as { page?: unknown };
    return typeof page === 'string' ? page : undefined;
  } catch {
    return undefined;
  }
}
