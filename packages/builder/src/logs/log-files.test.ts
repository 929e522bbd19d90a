import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { NO_TESTS_TOLD } from '../reports/summarise.ts';
import { temporaryFolder } from '../specs/world.ts';
import type { BuildRecord } from './build-record.ts';
import { CHUNK_BYTES } from './chunks.ts';
import { logFiles } from './log-files.ts';

const record: BuildRecord = {
  schemaVersion: 1,
  job: 'b1',
  attempt: 2,
  token: 3,
  agent: 'build1',
  repository: 'https://git.example/acme/app',
  branch: 'main',
  commit: 'a'.repeat(40),
  toolchain: 'npm',
  isolation: 'none',
  startedAt: '2025-11-13T10:20:30.400Z',
  endedAt: '2025-11-13T10:22:00.400Z',
  durationMs: 90_000,
  status: 'failed',
  cause: 'code',
  exitCode: 1,
  signal: null,
  reason: 'npm test ended with exit code 1',
  stages: [
    {
      name: 'Test',
      status: 'Failed',
      startedAt: '2025-11-13T10:20:30Z',
      endedAt: '2025-11-13T10:20:32Z',
      warnings: 1,
      errors: 2,
      message: 'a | b',
    },
  ],
  commands: [{ stage: 'Test', argv: ['npm', 'test'], exitCode: 1, signal: null, durationMs: 2_000 }],
  events: [],
  firstErrors: ['a.js:1:1: error: ``` @team'],
  tests: { total: 3, passed: 1, failed: 2, skipped: 0 },
  artifacts: [],
  truncated: false,
  outputBytes: 10,
  missing: null,
  testCases: NO_TESTS_TOLD,
  unreadReports: [],
  coverage: null,
  annotations: [],
  flakyTests: [],
  groups: [],
  times: [],
  summary: null,
};

async function files(output: string | Buffer, part: Partial<BuildRecord> = {}) {
  const file = join(temporaryFolder(), 'raw.log');
  writeFileSync(file, output);
  return logFiles({ ...record, ...part }, file);
}

const textOf = (content: Uint8Array | undefined) => Buffer.from(content ?? []).toString('utf8');

describe('log-files', () => {
  it('names the files by agent, job and start', async () => {
    expect((await files('hello\n')).map(({ path }) => path)).toEqual([
      'build1/logs/b1_20251113T102030Z.json',
      'build1/logs/b1_20251113T102030Z.md',
      'build1/logs/b1_20251113T102030Z.1.log',
    ]);
  });

  it('writes the record as JSON with sorted keys and a final newline', async () => {
    const text = textOf((await files(''))[0]?.content);

    expect(JSON.parse(text)).toEqual(record);
    expect(text.startsWith('{\n  "agent": "build1",\n  "annotations": []')).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
  });

  it('cuts the output into pieces of at most 256 KB that end with whole lines and add up to it', async () => {
    const output = Array.from({ length: 100_000 }, (_, row) => `line ${row}\n`).join('');

    const pieces = (await files(output)).slice(2).map(({ content }) => content);

    expect(pieces.length).toBeGreaterThan(3);
    expect(pieces.every((piece) => piece.length <= CHUNK_BYTES && piece.at(-1) === 0x0a)).toBe(true);
    expect(Buffer.concat(pieces).toString('utf8')).toBe(output);
  });

  it('cuts a line without end as well', async () => {
    const pieces = (await files(Buffer.alloc(CHUNK_BYTES * 2 + 5, 'x'))).slice(2);

    expect(pieces.map(({ content }) => content.length)).toEqual([CHUNK_BYTES, CHUNK_BYTES, 5]);
  });

  it('draws a page that a person can read', async () => {
    expect(textOf((await files('\u001b[31mred\u001b[0m\n'))[1]?.content)).toMatchInlineSnapshot(`
      "# Build b1: failed

      |  |  |
      | --- | --- |
      | Agent | build1 |
      | Attempt | 2 (token 3) |
      | Repository | https://git.example/acme/app |
      | Branch | main |
      | Commit | aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa |
      | Toolchain | npm |
      | Isolation | none |
      | Started | 2025-11-13T10:20:30.400Z |
      | Duration | 1 min 30 s |
      | Exit code | 1 |
      | Tests | 1 passed, 2 failed, 0 skipped of 3 |

      ## Why

      code: npm test ended with exit code 1

      \`\`\`\`text
      a.js:1:1: error: \`\`\` @team
      \`\`\`\`

      ## Stages

      | Stage | Status | Duration | Warnings | Errors | Message |
      | --- | --- | --- | --- | --- | --- |
      | Test | Failed | 2.0 s | 1 | 2 | a \\| b |

      ## Last lines of output

      \`\`\`text
      red
      \`\`\`
      "
    `);
  });

  it('shows the last hundred lines, and no markup that a build printed', async () => {
    const output = `${Array.from({ length: 300 }, (_, row) => `row ${row}`).join('\n')}\n\`\`\`\n# not a title\n`;

    const page = textOf((await files(output, { status: 'succeeded' }))[1]?.content);

    expect(page).not.toContain('row 201\n');
    expect(page).toContain('row 202\n');
    expect(page).toContain('````text\n');
    expect(page).not.toContain('## Why');
  });
});
