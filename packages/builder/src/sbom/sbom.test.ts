import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runJob } from '../run-job.ts';
import { type Files, repository, request } from '../specs/world.ts';

const integrity = `sha512-${Buffer.alloc(64, 7).toString('base64')}`;
const recipe = JSON.stringify({ toolchain: 'shell', stages: { build: ['true'] } });
const npmLock = JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { name: 'app', version: '1.0.0' },
    'libs/own': { name: 'own', version: '1.0.0' },
    'node_modules/own': { link: true, resolved: 'libs/own' },
    'node_modules/left-pad': { version: '1.3.0', integrity },
    'node_modules/@types/node': { version: '20.1.0', dev: true },
    'node_modules/a/node_modules/left-pad': { version: '1.2.0' },
  },
});

async function built(files: Files, parameters: Record<string, string> = {}) {
  const source = repository({ 'gityard.json': recipe, ...files });
  const outcome = await runJob(request({ job: { repository: source.path, parameters } }));
  const file = outcome.artifacts.find((it) => it.path === 'sbom.cdx.json')?.file;
  const text = file === undefined ? null : readFileSync(file, 'utf8');
  const log = outcome.files.map(({ content }) => Buffer.from(content).toString('utf8')).join('');
  return { outcome, text, log, document: text === null ? null : JSON.parse(text), source };
}
const purls = (document: { components: { purl: string }[] }) => document.components.map(({ purl }) => purl);

describe('sbom', () => {
  it('lists the packages of a lock file in CycloneDX, with digests and what is needed only to build', async () => {
    const { document, source } = await built({ 'package-lock.json': npmLock });

    expect(document).toMatchObject({
      bomFormat: 'CycloneDX',
      specVersion: '1.6',
      serialNumber: expect.stringMatching(
        /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
      ),
      metadata: { component: { version: source.git('rev-parse', 'HEAD') } },
    });
    expect(purls(document)).toEqual([
      'pkg:npm/%40types/node@20.1.0',
      'pkg:npm/left-pad@1.2.0',
      'pkg:npm/left-pad@1.3.0',
    ]);
    expect(document.components[0]).toMatchObject({ name: '@types/node', scope: 'excluded' });
    expect(document.compositions).toBeUndefined();
    expect(document.components[2].hashes).toEqual([{ alg: 'SHA-512', content: '07'.repeat(64) }]);
  });

  it('reads the lock files of pnpm and yarn', async () => {
    const { document } = await built({
      'pnpm-lock.yaml': `packages:\n  /@a/b@1.0.0(c@2.0.0):\n    resolution: {integrity: ${integrity}}\n  d@3.0.0:\n    dev: true\n  own@file:own:\n    resolution: {directory: own, type: directory}\n`,
      'one/yarn.lock': `# yarn lockfile v1\n\n"@e/f@^1.0.0", "@e/f@^1.1.0":\n  version "1.1.0"\n  integrity ${integrity}\n\ng@1:\n  version "1.0.1"\n\n"own@file:own":\n  version "1.0.0"\n`,
      'two/yarn.lock': '__metadata:\n  version: 8\n"h@npm:^1.0.0":\n  version: 1.0.0\n  resolution: "h@npm:1.0.0"\n',
    });

    expect(purls(document)).toEqual([
      'pkg:npm/%40a/b@1.0.0',
      'pkg:npm/%40e/f@1.1.0',
      'pkg:npm/d@3.0.0',
      'pkg:npm/g@1.0.1',
      'pkg:npm/h@1.0.0',
    ]);
  });

  it('reads what NuGet has locked, and what it resolved where nothing is locked', async () => {
    const lock = {
      dependencies: {
        'net10.0': {
          Serilog: { type: 'Direct', resolved: '4.0.0', contentHash: 'aGFzaA==' },
          own: { type: 'Project' },
        },
      },
    };
    const assets = {
      libraries: { 'xunit/2.9.0': { type: 'package', sha512: 'aGFzaA==' }, 'own/1.0.0': { type: 'project' } },
    };
    const { document } = await built({
      'src/a/packages.lock.json': JSON.stringify(lock),
      'src/a/obj/project.assets.json': JSON.stringify({ libraries: { 'Never/1.0.0': { type: 'package' } } }),
      'src/b/obj/project.assets.json': JSON.stringify(assets),
    });

    expect(purls(document)).toEqual(['pkg:nuget/Serilog@4.0.0', 'pkg:nuget/xunit@2.9.0']);
    expect(document.components[0].properties).toEqual([{ name: 'nuget:contentHash', value: 'aGFzaA==' }]);
  });

  it('reads what the poms of Maven declare, without the modules themselves, and says that this is not all', async () => {
    const module = (inner: string) =>
      `<project><parent><groupId>acme</groupId><version>1</version></parent>${inner}</project>`;
    const { document } = await built({
      'pom.xml': `<project><groupId>acme</groupId><artifactId>all</artifactId><version>1</version><properties><slf.version>2.0.1</slf.version></properties>
        <dependencyManagement><dependencies><dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.13</version></dependency></dependencies></dependencyManagement></project>`,
      'core/pom.xml': module('<artifactId>core</artifactId>'),
      'app/pom.xml': module(`<artifactId>app</artifactId><dependencies>
        <dependency><groupId>\${project.groupId}</groupId><artifactId>core</artifactId><version>1</version></dependency>
        <dependency><groupId>org.slf4j</groupId><artifactId>slf4j-api</artifactId><version>\${slf.version}</version></dependency>
        <dependency><groupId>junit</groupId><artifactId>junit</artifactId><scope>test</scope></dependency>
        <dependency><groupId>x</groupId><artifactId>y</artifactId><version>\${unknown}</version></dependency></dependencies>`),
    });

    expect(purls(document)).toEqual([
      'pkg:maven/junit/junit@4.13',
      'pkg:maven/org.slf4j/slf4j-api@2.0.1',
      'pkg:maven/x/y',
    ]);
    expect(document.components[0]).toMatchObject({ group: 'junit', scope: 'excluded' });
    const assemblies = [document.metadata.component['bom-ref']];
    expect(document.compositions).toEqual([{ aggregate: 'incomplete', assemblies }]);
  });

  it('is the same for the same commit, is none without lock files or when it is off, and gives way to a file of the build', async () => {
    const files = { 'package-lock.json': npmLock };
    const source = repository({ 'gityard.json': recipe, ...files });
    const job = { repository: source.path };
    const texts = await Promise.all(
      ['b1', 'b2'].map(async (id) => {
        const { artifacts } = await runJob(request({ job: { ...job, id } }));
        return readFileSync(artifacts[0]?.file ?? '', 'utf8');
      }),
    );
    const own = JSON.stringify({
      toolchain: 'shell',
      stages: { build: ['sh', '-c', 'echo {} > "$GITYARD_ARTIFACTS/sbom.cdx.json"'] },
    });

    expect(texts[0]).toBe(texts[1]);
    expect((await built({})).text).toBeNull();
    expect((await built(files, { sbom: 'off' })).text).toBeNull();
    expect((await built({ ...files, 'gityard.json': own })).text).toBe('{}\n');
  });

  it('tells of a file that it cannot read, follows no link, and lists the rest', async () => {
    const { document, log } = await built({
      'package-lock.json': '{"packages": [',
      'a/yarn.lock': { link: '/etc/passwd' },
      'b/pnpm-lock.yaml': 'packages:\n  /d@3.0.0: {}\n',
    });

    expect(purls(document)).toEqual(['pkg:npm/d@3.0.0']);
    expect(document.compositions).toMatchObject([{ aggregate: 'incomplete' }]);
    expect(log).toContain('sbom.cdx.json leaves out package-lock.json');
  });
});
