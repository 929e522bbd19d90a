import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@gityard/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runHere } from '../../program.fixture.ts';

/** Put together here, so that no scanner takes this file for a leak. */
const TOKEN = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;

let folder: string;
let remove: () => Promise<void>;
beforeAll(async () => {
  ({ path: folder, remove } = await temporaryFolder());
  await mkdir(join(folder, 'queue/team'), { recursive: true });
  await mkdir(join(folder, 'deep/queue/a/b'), { recursive: true });
  const files = {
    'queue/good.json': '[{"command": ["make"], "needs": ["01k9x"]},\n {"op": "cancel", "target": "01k9x"}]',
    'queue/team/spelt.json': '{\n  "command": ["make"],\n  "prioirty": 1\n}',
    'queue/team/notes.txt': 'hello',
    'deep/queue/a/b/deep.json': '{"command": ["make"]}',
    'broken.json': '[\n  {"command": ["make"]},\n  {"command": ["make"], "priority": 11}\n]',
    'empty.json': '[\n  {"command": ["make"]},\n  {"branch": "main"}\n]',
    'torn.json': '{\n  "command": ["make",\n}',
    'order.json': '{\n  "op": "explode",\n  "target": "x"\n}',
    'token.json': `{\n  "command": ["deploy"],\n  "parameters": { "token": "${TOKEN}" }\n}`,
    'wish.txt': '{"command": ["make"]}',
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  await symlink('queue/good.json', join(folder, 'link.json'));
});
afterAll(() => remove());

const check = (...words: string[]) => runHere(['queue', 'check', ...words], { cwd: folder, env: { HOME: folder } });

describe('queue check', () => {
  it('finds good files good, in folders as well, and warns of fields that nobody knows', async () => {
    expect(await check('queue')).toEqual({
      code: 0,
      stderr: '',
      stdout: [
        'queue/good.json: valid',
        'queue/team/spelt.json:3: warning unknown field prioirty; did you mean priority?',
        '',
      ].join('\n'),
    });
  });

  it.each([
    ['broken.json', /^broken\.json:3: error is not valid: in wish 2 priority must/],
    ['empty.json', /^empty\.json:3: error a job needs a repository or a command/],
    ['torn.json', /^torn\.json:3: error is not JSON/],
    ['order.json', /^order\.json:2: error is not valid: op must be one of/],
    ['deep', /would not be taken up: inbox files lie in queue\//],
    ['wish.txt', /would not be taken up: the name/],
    ['link.json', /would not be taken up: a link/],
  ])('exits 7 for %s and names the line', async (file, told) => {
    const { code, stdout } = await check('queue/good.json', file);

    expect({ code, told: stdout.split('\n').find((it) => it.startsWith(file)) }).toEqual({
      code: 7,
      told: expect.stringMatching(told),
    });
  });

  it('finds what looks like a secret, and does not print it', async () => {
    const { code, stdout } = await check('token.json');

    expect(code).toBe(7);
    expect(stdout).toMatch(/^token\.json:3: error looks like a secret/);
    expect(stdout).not.toContain(TOKEN);
  });

  it('answers as JSON', async () => {
    expect(JSON.parse((await check('torn.json', '--json')).stdout)).toMatchObject({
      ok: false,
      files: [{ file: 'torn.json', findings: [{ level: 'error', line: 3 }] }],
    });
  });

  it('exits 2 without a file and 3 for one that is not there', async () => {
    expect([(await check()).code, (await check('none.json')).code]).toEqual([2, 3]);
  });
});
