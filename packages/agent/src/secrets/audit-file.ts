/**
 * `secret-uses.jsonl` in the agent's folder: a line for each secret that a build was given, or asked for in vain. It never
 * leaves this machine and holds no value, and it does not grow for ever.
 */
import { appendFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';

export interface SecretUseLine {
  readonly at: string;
  readonly secret: string;
  readonly job: string;
  readonly token: number;
  readonly repository: string | null;
  readonly branch: string | null;
  readonly commit: string | null;
  /** Which source gave it. */
  readonly from: string | null;
  readonly refused: string | null;
}

const MOST_BYTES = 4 * 1024 * 1024;
export const secretUsesPath = (home: string): string => join(home, 'secret-uses.jsonl');

export async function noteSecretUses(home: string, lines: readonly SecretUseLine[]): Promise<void> {
  const { oneAtATime } = await import('@gityard/builder');
  const path = secretUsesPath(home);
  // Of two builds that both find it full, the second would put the new one over what the first has put away.
  await oneAtATime(path, async () => {
    if ((await sizeOf(path)) > MOST_BYTES) await rename(path, `${path}.1`);
    await appendFile(path, lines.map((it) => `${JSON.stringify(it)}\n`).join(''), { mode: 0o600, flush: true });
  });
}

const sizeOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ size }) => size,
    () => 0,
  );
