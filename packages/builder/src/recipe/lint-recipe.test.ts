import { describe, expect, it } from 'vitest';
import { checkRecipe, findingWords } from './lint-recipe.ts';

async function told(text: string, name = 'gityard.yml'): Promise<readonly string[]> {
  const checked = await checkRecipe(text, name);
  return checked.ok ? [] : checked.findings.map((it) => findingWords(name, it));
}

describe('lint-recipe', () => {
  it.each([
    ['toolchain: npm\nartefacts: [dist]\n', 'gityard.yml:2:1: unknown field artefacts; did you mean artifacts?'],
    ['stages:\n  biuld: [make]\n', 'gityard.yml:2:3: unknown field stages.biuld; did you mean build?'],
    [
      'stages:\n  deploy: [x]\n',
      'gityard.yml:2:3: unknown field stages.deploy; there are restore, build, test, package',
    ],
    ['toolchain: cobol\n', 'gityard.yml:1:1: toolchain must be one of "dotnet", "npm", "maven", "make", "shell", null'],
    ['\nartifacts: dist\n', 'gityard.yml:2:1: artifacts must be a list'],
    ['stages: []\n', 'gityard.yml:1:1: stages must be an object'],
    ['stages:\n  build: make all\n', 'gityard.yml:2:3: stages.build must be a command as a list of words'],
    ['stages:\n  build: [make, [x]]\n', 'gityard.yml:2:3: stages.build must be a command as a list of words'],
    ['stages:\n  build: [""]\n', 'gityard.yml:2:3: stages.build holds a command that begins with no program'],
    ['stages:\n  test: [[make], [""]]\n', 'gityard.yml:2:3: stages.test holds a command that begins with no program'],
    ['stages:\n  build: [a]\n  Build: [b]\n', 'gityard.yml:3:3: stages.Build says again what stages.build says'],
    ['stages:\n  build: [[]]\n', 'gityard.yml:2:11: stages.build must be a command as a list of words'],
    ['reports:\n  tests:\n    - 7\n', 'gityard.yml:3:7: reports.tests.0 must be a text'],
    ['artifacts: [dist, /etc/passwd]\n', 'gityard.yml:1:19: artifacts.1 lies outside of the repository'],
    ['timeout: soon\n', 'gityard.yml:1:1: timeout must be a time like 30m, 45s or 2h'],
    ['requires: ["dotnet ~ 8"]\n', 'gityard.yml:1:12: requires.0 must be a capability'],
    ['- a\n', 'gityard.yml: must be an object with "toolchain"'],
    ['', 'gityard.yml: must be an object with "toolchain"'],
    ['a: [1\nb: 2\n', 'gityard.yml:2:1: cannot be read: '],
    ['toolchain: npm\ntoolchain: make\n', 'gityard.yml:2:1: cannot be read: Map keys must be unique'],
    ['\ttoolchain: npm\n', 'gityard.yml:1:1: cannot be read: Tabs are not allowed as indentation'],
  ])('says of %j: %s', async (text, words) => {
    expect((await told(text))[0]).toMatch(startsWith(words));
  });

  it('warns of a whole command line where a program belongs, and of no arguments', async () => {
    const text = 'stages:\n  build:\n    - sh build.sh\n  test: [[npm, run it], [npm test]]\n';
    const checked = await checkRecipe(text, 'gityard.yml');

    expect(checked).toMatchObject({ ok: true });
    expect(checked.ok && checked.warnings.map((it) => findingWords('gityard.yml', it))).toEqual([
      'gityard.yml:2:3: stages.build: "sh build.sh" is one word, the name of a program; write ["sh", "build.sh"]',
      'gityard.yml:4:3: stages.test: "npm test" is one word, the name of a program; write ["npm", "test"]',
    ]);
  });

  it('names every unknown field, each on its line', async () => {
    expect(await told('stage: {}\nartifact: []\n')).toEqual([
      'gityard.yml:1:1: unknown field stage; did you mean stages?',
      'gityard.yml:2:1: unknown field artifact; did you mean artifacts?',
    ]);
  });

  it('names of every field what does not fit', async () => {
    expect(await told('toolchain: cobol\nartifacts: dist\ntimeout: soon\nstages:\n  build: x\n')).toEqual([
      expect.stringContaining('yml:1:1: toolchain must be'),
      expect.stringContaining('yml:2:1: artifacts must be'),
      expect.stringContaining('yml:3:1: timeout must be'),
      expect.stringContaining('yml:5:3: stages.build must be'),
    ]);
  });

  it('takes no YAML for JSON, and says where JSON is broken', async () => {
    expect(await told('toolchain: npm\n', 'gityard.json')).toEqual([
      expect.stringMatching(/^gityard\.json: cannot be read: /),
    ]);
    expect(await told('{\n  "toolchain": "npm",\n  "stages": [\n', 'gityard.json')).toEqual([
      expect.stringMatching(/^gityard\.json:\d+:\d+: cannot be read: /),
    ]);
    expect(await told('{\n\t"toolchain": "npm"\n}\n', 'gityard.json')).toEqual([]);
  });

  it('does not unfold a few lines of YAML into gigabytes, nor read what is far too long', async () => {
    const names = 'abcdefgh'.split('');
    const bomb = [
      'a: &a [x,x,x,x,x,x,x,x,x]',
      ...names.slice(1).map((name, index) => `${name}: &${name} [${Array(9).fill(`*${names[index]}`).join(',')}]`),
    ];

    expect(await told(bomb.join('\n'))).toEqual([expect.stringMatching(/cannot be read: .*alias/i)]);
    expect(await told(`# ${'x'.repeat(300_000)}\n`)).toEqual([expect.stringContaining('is longer than')]);
  });
});

const startsWith = (words: string): RegExp => new RegExp(`^${words.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}`);
