/**
 * The baseline: what a team writes first. A clone and a shell script that pulls, writes, commits and pushes until the
 * push goes through. The script alone is the variant; Node only starts it.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

import { git, gitEnvironment } from '../../git.ts';
import type { BenchOperation } from '../operation.ts';
import { BRANCH } from '../seed.ts';
import type { Place, Variant } from './variant.ts';

const GAVE_UP = 75;

// Its exit code when it gave up means: the last push was turned away, so nothing of this operation has landed.
const SCRIPT = `
set -e
git pull --quiet --rebase
mkdir -p "\${FILE%/*}"
printf '%s' "$TEXT" > "$FILE"
git add "$FILE"
git commit --quiet --message "land $ID"
until git push --quiet; do
  echo retry
  if [ "\${EPOCHREALTIME/./}" -ge "$GIVE_UP_AT" ]; then git reset --quiet --hard '@{upstream}'; exit ${GAVE_UP}; fi
  git pull --quiet --rebase || { git rebase --abort || true; }
done
`;

export async function openShell({ url, folder }: Place): Promise<Variant> {
  const clone = join(folder, 'clone');
  await git(['clone', '--quiet', '--branch', BRANCH, url, clone], { cwd: '.' });
  await git(['config', 'gc.auto', '0'], { cwd: clone });
  let lostPushes = 0;

  async function land(operation: BenchOperation, giveUpAt: Date): Promise<boolean> {
    const { code, retries } = await run(clone, { operation, giveUpAt });
    lostPushes += retries;
    return code === 0;
  }

  return {
    land,
    get lostPushes() {
      return lostPushes;
    },
    close: () => Promise.resolve(),
  };
}

async function run(cwd: string, { operation, giveUpAt }: { operation: BenchOperation; giveUpAt: Date }) {
  const { id, path, text } = operation;
  const given = { ID: id, FILE: path, TEXT: text, GIVE_UP_AT: `${giveUpAt.getTime() * 1000}` };
  const child = spawn('bash', ['-c', SCRIPT], { cwd, env: gitEnvironment(given), stdio: ['ignore', 'pipe', 'pipe'] });
  let retries = 0;
  let complaint = '';
  child.stdout.on('data', (chunk: Buffer) => {
    retries += chunk.toString().split('\n').length - 1;
  });
  child.stderr.on('data', (chunk: Buffer) => {
    complaint += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  if (code !== 0 && code !== GAVE_UP) throw new Error(`the shell loop ended with ${code}: ${complaint.slice(-1000)}`);
  return { code, retries };
}
