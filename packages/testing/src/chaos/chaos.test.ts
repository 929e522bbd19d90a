import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

import { startNode } from '../processes.ts';
import { temporaryFolder } from '../temporary.ts';
import type { ChaosReport } from './report.ts';

// The built program, as it starts the built agents.
const PROGRAM = fileURLToPath(new URL('../../dist/chaos/main.js', import.meta.url));

describe('chaos', () => {
  it('loses nothing and doubles nothing in a short run, and leaves nothing behind', async () => {
    const folder = await temporaryFolder();
    const file = join(folder.path, 'reliability.json');
    const program = startNode(PROGRAM, ['--seconds', '8', '--agents', '3', '--seed', '5', '--out', file], {
      env: { TMPDIR: folder.path },
    });
    try {
      const { code } = await program.exit;

      expect(existsSync(file), `it has left a report: ${program.stderr.join('\n')}`).toBe(true);
      const report = JSON.parse(await readFile(file, 'utf8')) as ChaosReport;
      expect({ code, ...report.findings, missing: report.convergence.missing }).toEqual({
        code: 0,
        lost: [],
        doubled: [],
        stale: [],
        overlaps: [],
        unfinished: [],
        missing: [],
      });
      expect(report).toMatchObject({ ok: true, leftovers: 0, audit: { ok: true, firstViolation: null } });
      expect(report.acked).toBeGreaterThan(0);
      expect(report.kills).toBeGreaterThan(0);
    } finally {
      await program.dispose();
      await folder.remove();
    }
  });
});
