/** pnpm and both yarns build workspaces, as the peers of the specs bring them. */
import { execFileSync } from 'node:child_process';
import { existsSync, symlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runJob } from '../../run-job.ts';
import { groundOf, told } from '../../specs/ground.ts';
import { classicYarnWorkspaces, modernYarnWorkspaces, pnpmWorkspaces } from '../../specs/node-workspaces.ts';
import { type Files, repository, request, temporaryFolder } from '../../specs/world.ts';
import { npm } from './npm.ts';

const PEERS = fileURLToPath(new URL('../../../../testing/peers/node_modules/', import.meta.url));
const withPeer = (program: string) => (existsSync(join(PEERS, program)) || process.env.CI === 'true' ? it : it.skip);

afterEach(() => void vi.unstubAllEnvs());

/** Under the name by which builds start it. */
function onPath(name: string, program: string): void {
  const folder = temporaryFolder();
  symlinkSync(join(PEERS, program), join(folder, name));
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
}

const members: readonly (readonly [string, { name: string; program: string; files: Files; packed: string }])[] = [
  ['pnpm', { name: 'pnpm', program: 'pnpm/bin/pnpm.cjs', files: pnpmWorkspaces(), packed: 'demo-api-1.0.0.tgz' }],
  [
    'yarn 1',
    { name: 'yarn', program: 'yarn/bin/yarn.js', files: classicYarnWorkspaces(), packed: 'demo-api-1.0.0.tgz' },
  ],
  [
    'yarn 4',
    {
      name: 'yarn',
      program: '@yarnpkg/cli-dist/bin/yarn.js',
      files: modernYarnWorkspaces(),
      packed: '@demo-api-1.0.0.tgz',
    },
  ],
];

for (const [title, { name, program, files, packed }] of members)
  describe(`${title}, for real (npm run peers)`, () => {
    withPeer(program)('installs what is locked, builds, tests and packs workspaces', async () => {
      onPath(name, program);
      const origin = repository({ ...files, '.gitignore': 'dist\nnode_modules\n' });

      const outcome = await runJob(request({ job: { repository: origin.path } }));

      expect(outcome).toMatchObject({ status: 'succeeded', reason: null, toolchain: 'npm' });
      expect(outcome.tests).toEqual({ total: 1, passed: 1, failed: 0, skipped: 0 });
      expect(outcome.stages.map(({ status }) => status)).not.toContain('Skipped');
      expect(outcome.artifacts.map(({ path }) => path).sort()).toEqual([packed, 'sbom.cdx.json'].sort());
      const archive = outcome.artifacts.find(({ path }) => path === packed)?.file ?? '';
      const text = execFileSync('tar', ['-xzOf', archive, 'package/package.json'], { encoding: 'utf8' });
      expect(JSON.parse(text).dependencies['@demo/core']).toBe('1.0.0');
    });
  });

describe('the manager of packages', () => {
  const planned = async (files: Files) => {
    const plan = await npm.plan(await groundOf(files));
    return { steps: told(plan), environment: plan.environment };
  };
  const without = (files: Files, ...names: readonly string[]): Files =>
    Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name)));

  it('is known without a lock file by what else it needs, and then makes one', async () => {
    const pnpm = await planned(without(pnpmWorkspaces(), 'pnpm-lock.yaml'));
    expect(pnpm.steps.Restore).toEqual(['pnpm install --no-frozen-lockfile']);
    expect(pnpm.environment.NPM_CONFIG_STORE_DIR).toBe(join('/home/builds', '.pnpm-store'));

    const yarn = await planned({ ...without(modernYarnWorkspaces(), 'yarn.lock'), '.yarnrc.yml': '' });
    expect(yarn.steps.Restore).toEqual(['yarn install']);
    expect(yarn.environment.YARN_ENABLE_IMMUTABLE_INSTALLS).toBe('false');
  });

  it('goes on with the tests of the others where those of one fail, and one package after the other', async () => {
    const { steps } = await planned(pnpmWorkspaces());

    expect(steps.Build).toEqual(['pnpm --workspace-concurrency=1 --filter ./packages/core run build']);
    expect(steps.Test).toEqual(['pnpm --workspace-concurrency=1 --no-bail --filter ./packages/api run test']);
  });
});
