/** What is said of the files that people write for a yard, and where. */
import { noon, world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import { modelOf } from '../testing/models.fixture.ts';
import { type FileKind, fileKind } from './file-kind.ts';
import { fleetOf } from './fleet-names.ts';
import { lintFile } from './lint-file.ts';
import { namesAt, recipeFieldsAt } from './offer.ts';

const FLEET = fleetOf(
  modelOf(
    world()
      .agent('mac', { labels: ['gpu'] })
      .beat('mac')
      .lock('deploy', { waiting: [{ holder: 'ann', since: noon, until: null }] })
      .job('b1').state,
    noon,
  ),
);
const NAMES: Readonly<Record<FileKind, string>> = {
  yard: 'yard.json',
  branches: 'branches_config.json',
  queue: 'a.json',
  recipe: 'gityard.yml',
};

/** Each with the text that it stands at. */
async function lint(kind: FileKind, text: string, fleet: typeof FLEET | undefined = FLEET) {
  const findings = await lintFile(kind, { name: NAMES[kind], text, fleet });
  return findings.map((it) => [text.slice(it.from, it.to), it.level, it.text]);
}

describe('file-kind', () => {
  it('tells files of a yard by their names', () => {
    const kinds = [
      '/a/yard.json',
      '/a/shared/branches_config.json',
      '/a/queue/x.json',
      '/a/gityard.yml',
      '/a/gityard.json',
    ].map(fileKind);

    expect(kinds).toEqual(['yard', 'branches', 'queue', 'recipe', 'recipe']);
    expect(['/a/x.json', '/a/branches_config.json', '/a/queue/x.md', '/a/yard.json.bak'].map(fileKind)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('lint-file', () => {
  it('finds nothing in what is well', async () => {
    expect(await lint('yard', '{"name": "acme", "lease": {"seconds": 60}}')).toEqual([]);
    expect(
      await lint('queue', '[{"repo": "https://git.example/a", "labels": ["gpu"]}, {"op": "drain", "target": "mac"}]'),
    ).toEqual([]);
    expect(await lint('recipe', 'toolchain: make\n')).toEqual([]);
    expect(await lint('yard', '')).toEqual([]);
    expect(await lint('yard', '{"name": ')).toEqual([]);
  });

  it('says of a yard.json what the schema cannot, at its key', async () => {
    expect(await lint('yard', '{"nmae": "x", "failover": {"mac": {"backup": "mac"}}}')).toEqual([
      ['"nmae"', 'warning', 'unknown field nmae; did you mean name?'],
      ['"mac"', 'warning', 'failover.mac is its own backup, and nobody takes over'],
    ]);
  });

  it('leaves to the schema what the schema tells, and says all else of the same file', async () => {
    expect(await lint('yard', '{"lease": {"seconds": "long"}}')).toEqual([]);
    expect(await lint('queue', '{"priority": "Soon", "labels": [3], "assignedTo": "mca"}')).toMatchObject([
      ['"assignedTo"', 'warning', expect.stringContaining('mca')],
    ]);
    expect(await lint('queue', '["text", 3, null, [], {"op": 1, "target": 2}]')).toEqual([]);
  });

  it('says of a wish in which file of a list it is wrong, and whom nobody knows', async () => {
    const text =
      '[{"repo": "https://git.example/a", "assignedTo": "mca", "labels": ["gpus"]}, {"op": "break-lock", "target": "deploys"}, {"prioritee": 1}]';

    expect(await lint('queue', text)).toEqual([
      ['"assignedTo"', 'warning', 'no agent is called mca; did you mean mac?'],
      ['"gpus"', 'warning', 'no agent has the label gpus; did you mean gpu?'],
      ['"target"', 'warning', 'no lock is called deploys; did you mean deploy?'],
      ['"prioritee"', 'warning', 'unknown field prioritee; did you mean priority?'],
    ]);
    expect(await lintFile('queue', { name: 'a.json', text, fleet: undefined })).toHaveLength(1);
  });

  it('says of a gityard.yml what a build would say', async () => {
    expect(await lint('recipe', 'toolchain: make\nartefacts: [out]\n')).toEqual([
      ['artefacts', 'error', 'unknown field artefacts; did you mean artifacts?'],
    ]);
    expect(await lint('recipe', 'stages:\n  build: make\n')).toMatchObject([
      ['build', 'error', expect.stringContaining('must be a command')],
    ]);
  });
});

describe('offer', () => {
  it('has the names that fit the field', () => {
    const names = (before: string) => namesAt(before, FLEET).map(({ name }) => name);

    expect(names('  "assignedTo": "')).toEqual(['mac']);
    expect(names('  "labels": ["a", "')).toContain('gpu');
    expect(names('  "needs": ["')).toEqual(['b1']);
    expect(names('{"op": "drain", "target": "')).toEqual(['b1', 'mac', 'deploy']);
    expect(names('  "branch": "')).toEqual([]);
  });

  it('has the fields of a recipe at the beginning of a line alone', () => {
    expect(recipeFieldsAt('too').map(({ name }) => name)).toContain('toolchain');
    expect(recipeFieldsAt('  too')).toEqual([]);
  });
});
