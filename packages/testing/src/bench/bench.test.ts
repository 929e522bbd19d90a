import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

import { startNode } from '../processes.ts';
import { type TemporaryFolder, temporaryFolder } from '../temporary.ts';
import type { Figures } from './figures.ts';

// The built program, because a bench of a loader that translates on the way would be another bench.
const PROGRAM = fileURLToPath(new URL('../../dist/bench/main.js', import.meta.url));
const SMALLEST = ['--quick', '--writers', '1', '--seconds', '1', '--no-micro'];

describe('bench', () => {
  let folder: TemporaryFolder;

  beforeEach(async () => {
    folder = await temporaryFolder();
  });

  afterEach(() => folder.remove());

  async function run(...args: string[]) {
    const program = startNode(PROGRAM, args);
    try {
      const { code } = await program.exit;
      return { code, output: program.stdout.join('\n'), complaint: program.stderr.join('\n') };
    } finally {
      await program.dispose();
    }
  }

  it('measures two variants against one server and judges what it can', async () => {
    const file = join(folder.path, 'bench.json');

    const { code, output, complaint } = await run(...SMALLEST, '--only', 'shell,store', '--json', file);

    expect({ code, complaint }).toEqual({ code: 0, complaint: '' });
    const { rows } = JSON.parse(await readFile(file, 'utf8')) as { rows: Figures[] };
    expect(rows.map(({ variant, writers }) => `${variant} ${writers}`)).toEqual(['shell 1', 'store 1']);
    for (const row of rows) {
      expect(row.landed).toBeGreaterThan(0);
      expect(row.operationsPerSecond).toBeGreaterThan(0);
      expect(row.p99Ms).toBeGreaterThanOrEqual(row.p50Ms);
      expect(row.clientCpuMs).toBeGreaterThan(0);
    }
    expect(rows[1]?.requestsPerOperation).toBe(1);
    expect(output).toMatch(/1 request per uncontended commit +1 requests +met/);
    expect(output).toMatch(/16 writers land .* not measured/);
    expect(Math.max(...output.split('\n').map((line) => line.length))).toBeLessThanOrEqual(120);
  });

  it('names the variants there are when asked for another', async () => {
    const { code, complaint } = await run('--only', 'abacus');

    expect(code).toBe(1);
    expect(complaint).toContain('no variant is called abacus; there are shell, isomorphic, store');
  });
});
