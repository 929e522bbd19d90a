/** One repository of workspaces as pnpm and both yarns want it, with a lock file of each; nothing in it needs a network. */
import type { Files } from './world.ts';

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** `core` is built, `api` needs it and is tested and packed; `tool` lies beside them. */
function workspaces(wanted: string, needs: Readonly<Record<string, string>>): Files {
  return {
    'vendor/tool/package.json': json({ name: 'tool', version: '2.0.0', main: 'tool.js' }),
    'vendor/tool/tool.js': 'module.exports = 2;\n',
    'packages/core/package.json': json({
      ...{ name: '@demo/core', version: '1.0.0', private: true, main: 'dist/n.js' },
      scripts: { build: 'node build.js' },
    }),
    'packages/core/build.js':
      "const fs = require('node:fs');\nfs.mkdirSync('dist', { recursive: true });\nfs.writeFileSync('dist/n.js', 'module.exports = 1;');\n",
    'packages/api/package.json': json({
      ...{ name: '@demo/api', version: '1.0.0', main: 'api.js', files: ['api.js'] },
      scripts: { test: 'node api.js' },
      dependencies: { '@demo/core': wanted, ...needs },
    }),
    'packages/api/api.js': `const sum = require('@demo/core')${'tool' in needs ? " + require('tool')" : ' + 2'};
console.log('TAP version 13\\n1..1\\n' + (sum === 3 ? 'ok' : 'not ok') + ' 1 - adds');\n`,
  };
}

const root = { name: 'all', private: true };
const TOOL = { tool: 'file:../../vendor/tool' };

export function pnpmWorkspaces(): Files {
  return {
    'package.json': json(root),
    'pnpm-workspace.yaml': 'packages: [packages/*]\n',
    'pnpm-lock.yaml': `lockfileVersion: '9.0'
settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false
importers:
  .: {}
  packages/api:
    dependencies:
      '@demo/core':
        specifier: workspace:*
        version: link:../core
      tool:
        specifier: file:../../vendor/tool
        version: file:vendor/tool
  packages/core: {}
packages:
  tool@file:vendor/tool:
    resolution: {directory: vendor/tool, type: directory}
snapshots:
  tool@file:vendor/tool: {}
`,
    ...workspaces('workspace:*', TOOL),
  };
}

export function classicYarnWorkspaces(): Files {
  return {
    'package.json': json({ ...root, workspaces: ['packages/*'] }),
    'yarn.lock': '# yarn lockfile v1\n\n\n"tool@file:vendor/tool":\n  version "2.0.0"\n',
    ...workspaces('1.0.0', TOOL),
  };
}

export function modernYarnWorkspaces(): Files {
  const own = (name: string, folder: string, more = '') =>
    `"${name}":\n  version: 0.0.0-use.local\n  resolution: "${folder}"\n${more}  languageName: unknown\n  linkType: soft\n`;
  const needs = '  dependencies:\n    "@demo/core": "workspace:*"\n';
  const entries = [
    '__metadata:\n  version: 10\n  cacheKey: 10c0\n',
    own('@demo/api@workspace:packages/api', '@demo/api@workspace:packages/api', needs),
    own('@demo/core@workspace:*, @demo/core@workspace:packages/core', '@demo/core@workspace:packages/core'),
    own('all@workspace:.', 'all@workspace:.'),
  ];
  return {
    'package.json': json({ ...root, workspaces: ['packages/*'] }),
    'yarn.lock': entries.join('\n'),
    ...workspaces('workspace:*', {}),
  };
}
