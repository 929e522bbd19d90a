/** Projects of several parts that real tools can build: npm workspaces, and Maven modules for a machine without a network. */
import type { Files } from './world.ts';

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** `core` ← `api` ← `app`: each writes its own `dist/n.txt`, made of what it needs. */
export function npmWorkspaces(): Record<string, string> {
  return {
    'package.json': json({ name: 'all', private: true, workspaces: ['packages/*'] }),
    'package-lock.json': json({ name: 'all', lockfileVersion: 3, requires: true, packages: lockedPackages() }),
    ...npmPackage('app', ['api']),
    ...npmPackage('api', ['core']),
    ...npmPackage('core', []),
  };
}

function npmPackage(name: string, needs: readonly string[]): Record<string, string> {
  const dependencies = Object.fromEntries(needs.map((it) => [`@demo/${it}`, '1.0.0']));
  const inputs = needs.map((it) => `read(require.resolve('@demo/${it}/dist/n.txt'))`);
  const build = [
    "const { mkdirSync, readFileSync, writeFileSync } = require('node:fs');",
    "const read = (path) => Number(readFileSync(path, 'utf8'));",
    "mkdirSync('dist', { recursive: true });",
    `writeFileSync('dist/n.txt', String(${['1', ...inputs].join(' + ')}));`,
    `console.log('built ${name}');`,
  ];
  const test = `const test = require('node:test');\ntest('${name} counts', () => { require('node:fs').readFileSync('dist/n.txt'); });\n`;
  return {
    [`packages/${name}/package.json`]: json({
      name: `@demo/${name}`,
      version: '1.0.0',
      main: 'dist/n.txt',
      files: ['dist'],
      scripts: { build: 'node build.js', test: 'node --test' },
      dependencies,
    }),
    [`packages/${name}/build.js`]: `${build.join('\n')}\n`,
    [`packages/${name}/${name}.test.js`]: test,
  };
}

function lockedPackages(): object {
  const of = (name: string, needs: readonly string[]) => ({
    name: `@demo/${name}`,
    version: '1.0.0',
    dependencies: Object.fromEntries(needs.map((it) => [`@demo/${it}`, '1.0.0'])),
  });
  const links = ['api', 'app', 'core'].map((it) => [
    `node_modules/@demo/${it}`,
    { resolved: `packages/${it}`, link: true },
  ]);
  return {
    '': { name: 'all', workspaces: ['packages/*'] },
    ...Object.fromEntries(links),
    'packages/api': of('api', ['core']),
    'packages/app': of('app', ['api']),
    'packages/core': of('core', []),
  };
}

/** Versions that Debian's own repository has. */
const PLUGINS: Readonly<Record<string, string>> = {
  'maven-resources-plugin': '3.3.0',
  'maven-compiler-plugin': '3.10.1',
  'maven-surefire-plugin': '2.22.3',
  'maven-jar-plugin': '3.3.0',
};

/** `core` ← `api` ← `app`, each with a class and a test; listed the other way round, which Maven puts right. */
export function mavenModules(): Files {
  const plugins = Object.entries(PLUGINS).map(
    ([name, version]) => `<plugin><artifactId>${name}</artifactId><version>${version}</version></plugin>`,
  );
  return {
    'pom.xml': `<project><modelVersion>4.0.0</modelVersion><groupId>demo</groupId><artifactId>all</artifactId><version>1-SNAPSHOT</version><packaging>pom</packaging>
<modules><module>app</module><module>api</module><module>core</module></modules>
<properties><maven.compiler.source>17</maven.compiler.source><maven.compiler.target>17</maven.compiler.target><project.build.sourceEncoding>UTF-8</project.build.sourceEncoding></properties>
<dependencies><dependency><groupId>junit</groupId><artifactId>junit</artifactId><version>4.x</version><scope>test</scope></dependency></dependencies>
<build><pluginManagement><plugins>${plugins.join('')}</plugins></pluginManagement></build></project>
`,
    ...mavenModule('core', null),
    ...mavenModule('api', 'core'),
    ...mavenModule('app', 'api'),
  };
}

function mavenModule(name: string, need: string | null): Record<string, string> {
  const title = `${name[0]?.toUpperCase()}${name.slice(1)}`;
  const dependency =
    need === null
      ? ''
      : `<dependency><groupId>\${project.groupId}</groupId><artifactId>${need}</artifactId><version>\${project.version}</version></dependency>`;
  const sum = need === null ? '1' : `1 + ${need[0]?.toUpperCase()}${need.slice(1)}.sum()`;
  return {
    [`${name}/pom.xml`]: `<project><modelVersion>4.0.0</modelVersion><parent><groupId>demo</groupId><artifactId>all</artifactId><version>1-SNAPSHOT</version></parent><artifactId>${name}</artifactId><dependencies>${dependency}</dependencies></project>\n`,
    [`${name}/src/main/java/${title}.java`]: `public class ${title} { public static int sum() { return ${sum}; } }\n`,
    [`${name}/src/test/java/${title}Test.java`]: `public class ${title}Test { @org.junit.Test public void sums() { org.junit.Assert.assertTrue(${title}.sum() > 0); } }\n`,
  };
}
