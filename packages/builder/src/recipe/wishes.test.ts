import type { Job } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import type { BuildPolicy, BuildRequest } from '../contract.ts';
import { runJob } from '../run-job.ts';
import { noSandbox, type Sandbox } from '../sandbox/sandbox.ts';
import { repository, request } from '../specs/world.ts';

const policy: BuildPolicy = { repositories: ['*'], commands: true };
const STAGES = 'stages: {restore: [sh, -c, ":"], build: [sh, -c, "echo built"]}\n';

function build(recipe: string, job: Partial<Job> = {}, more: Omit<Partial<BuildRequest>, 'job'> = {}) {
  const { path } = repository({ 'gityard.yml': `${STAGES}${recipe}\n` });
  return runJob(request({ ...more, job: { repository: path, branch: 'main', ...job } }));
}

const open = { strategyNamed: false } as const;

/** Nothing between, but it remembers for which stages the network was asked for. */
function watched(name: string) {
  const stages: string[] = [];
  const sandbox: Sandbox = {
    name,
    async open(asked) {
      const cell = await noSandbox.open(asked);
      return {
        ...cell,
        confine(program, wants) {
          if (wants.network !== 'none') stages.push(wants.stage);
          return cell.confine(program, wants);
        },
      };
    },
  };
  return { sandbox, stages };
}

describe('wishes of a recipe', () => {
  it('choose the strategy where the request leaves it open, and nowhere else', async () => {
    const left = await build('strategy: Clean', open);
    const named = await build('strategy: Clean');
    const forced = await build('strategy: Cached', { ...open, parameters: { forceClean: 'yes' } });

    expect(left).toMatchObject({ status: 'succeeded', reason: null });
    expect(left.findings.built).toMatch(/\(Clean, as gityard.yml says\)$/);
    expect(left.stages.map((it) => it.status).slice(0, 3)).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
    for (const other of [named, forced]) expect(other.findings.built).not.toContain('gityard.yml');
  });

  it('bring others in where the strategy takes them', async () => {
    const asked: string[] = [];
    const outcome = await build('strategy: Canary', open, {
      async withOthers(job) {
        asked.push(job.strategy);
        return { isCanary: true, among: { kind: 'canary', agents: ['a1', 'a2'] } };
      },
    });

    expect(asked).toEqual(['Canary']);
    expect(outcome).toMatchObject({ status: 'succeeded', split: { kind: 'canary', agents: 2 } });
  });

  it('are not heard where the file has mistakes, which fail the build as ever', async () => {
    expect(await build('strategy: Clever', open)).toMatchObject({ status: 'failed', cause: 'code' });
  });

  it('narrow the network down, and never widen it beyond the policy', async () => {
    const seen = async (network: string, allowed?: BuildPolicy['network']) => {
      const { sandbox, stages } = watched('watched');
      const outcome = await build(`network: ${network}`, {}, { policy: { ...policy, network: allowed }, sandbox });
      return outcome.status === 'succeeded' ? [stages, outcome.isolation] : outcome.reason;
    };

    expect(await seen('never')).toEqual([[], 'watched']);
    expect(await seen('always', 'always')).toEqual([['Restore', 'Build'], 'watched, network in Restore, Build']);
    expect(await seen('always')).toBe(
      'this agent does not allow the network in all stages, which gityard.yml asks for; its owner can allow it with: gityard agent allow --network always',
    );
    expect(await seen('restore', 'never')).toContain('gityard agent allow --network restore');
  });

  describe('of an image', () => {
    const recipe = 'container: {image: "registry/sdk:10"}';
    const images = { ...policy, images: ['registry/*'] };

    it('are met by a container of it', async () => {
      const asked: string[] = [];
      const openContainer = async (image: string) => {
        asked.push(image);
        return watched('podman').sandbox;
      };

      const outcome = await build(recipe, {}, { policy: images, openContainer, sandbox: noSandbox });

      expect(asked).toEqual(['registry/sdk:10']);
      expect(outcome).toMatchObject({
        status: 'succeeded',
        isolation: 'podman of registry/sdk:10, network in Restore',
      });
    });

    it('are refused where the policy does not allow it, and nothing is built', async () => {
      const refused = await build(recipe);
      const other = await build(recipe, {}, { policy: { ...images, sandbox: 'bwrap+prlimit' } });

      expect(refused).toMatchObject({ status: 'failed', cause: 'policy' });
      expect(refused.reason).toContain(
        'does not allow image registry/sdk:10; its owner can allow it with: gityard agent allow --image registry/sdk:10',
      );
      expect(other).toMatchObject({ cause: 'policy', reason: expect.stringContaining('allow --sandbox auto') });
      for (const { stages } of [refused, other])
        expect(stages.filter((it) => it.status === 'Succeeded').map((it) => it.name)).toEqual(['Fetch']);
    });

    it('never end outside of it: without an engine nothing is built', async () => {
      const openContainer = async () => 'neither podman nor docker is installed';

      const outcome = await build(recipe, {}, { policy: images, openContainer, sandbox: noSandbox });

      expect(outcome).toMatchObject({ status: 'failed', cause: 'infrastructure' });
      expect(outcome.reason).toMatch(
        /^gityard.yml asks to be built in the image registry\/sdk:10, and .*neither podman/,
      );
      expect(outcome.stages.filter((it) => it.status === 'Succeeded').map((it) => it.name)).toEqual(['Fetch']);
    });
  });
});

describe('checks of a recipe', () => {
  const canary: Partial<Job> = { part: { kind: 'canary', wave: 0, projects: [] } };
  const namesOf = ({ stages }: { stages: readonly { name: string; status: string }[] }) =>
    stages.filter((it) => it.status === 'Succeeded').map((it) => it.name);

  it('run after the tests of a canary, and of nothing else', async () => {
    const recipe = 'checks: [[sh, -c, ":"], [sh, -c, "echo looked"]]';

    expect(namesOf(await build(recipe, { ...canary, strategy: 'Clean' }))).toEqual([
      'Fetch',
      'Restore',
      'Build',
      'Check',
    ]);
    expect((await build(recipe)).stages.map((it) => it.name)).not.toContain('Check');
  });

  it('fail the canary, by their name', async () => {
    const outcome = await build('checks: [sh, -c, "echo 3 vulnerabilities; exit 1"]', { ...canary, strategy: 'Clean' });

    expect(outcome).toMatchObject({ status: 'failed', cause: 'code' });
    expect(outcome.reason).toMatch(/^a check failed: sh -c .* ended with exit code 1/);
    expect(outcome.stages.map((it) => [it.name, it.status])).toContainEqual(['Check', 'Failed']);
  });

  it('are commands of the repository, which the policy may not allow', async () => {
    const only = { ...policy, commands: ['make'], toolchains: ['make'] } as const;
    const outcome = await build(
      'checks: [npm, audit]',
      { ...canary, command: ['make'], strategy: 'Clean' },
      { policy: only },
    );

    expect(outcome).toMatchObject({
      status: 'failed',
      cause: 'policy',
      reason: expect.stringContaining('its own command npm'),
    });
  });
});
