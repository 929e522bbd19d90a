import { describe, expect, it } from 'vitest';
import { runJob } from '../run-job.ts';
import { repository, request, temporaryFolder } from '../specs/world.ts';
import { askVersion } from './tool-version.ts';
import { type Answer, NOTHING_PLANNED, type ToolchainRules } from './toolchain.ts';

function answering(...answers: readonly Answer[]) {
  const asked: string[] = [];
  const probe = async (argv: readonly string[]) => {
    asked.push(argv.join(' '));
    return answers[Math.min(asked.length, answers.length) - 1] ?? { exitCode: null, output: '' };
  };
  return { asked, probe };
}

const KILLED: Answer = { exitCode: null, output: '' };

describe('the version of a tool', () => {
  it('is what it says, and asked for once more when the machine killed it', async () => {
    const { probe, asked } = answering(KILLED, { exitCode: 0, output: '10.1\n' });

    expect(await askVersion(probe, ['npm', '--version'])).toBe('10.1\n');
    expect(asked).toEqual(['npm --version', 'npm --version']);
  });

  it('is none where there is no such tool', async () => {
    expect(await askVersion(answering({ ...KILLED, isMissing: true }).probe, ['cc', '--version'])).toBe('none');
  });

  it.each([
    [KILLED, 'infrastructure', 'npm --version was killed twice (it says nothing)'],
    [{ exitCode: 3, output: 'use yarn\n' }, 'code', 'npm --version ended with exit code 3 twice (use yarn)'],
  ])('is never guessed', async (answer, code, text) => {
    await expect(askVersion(answering(answer).probe, ['npm', '--version'])).rejects.toMatchObject({
      code,
      message: `nobody can say which version of npm builds here: ${text}`,
    });
  });

  it('is found out although another question ends first', async () => {
    const answers: Answer[] = [];
    const rules: ToolchainRules = {
      name: 'make',
      decidesItself: true,
      recognises: () => true,
      plan: async () => ({ ...NOTHING_PLANNED, steps: { Build: [{ argv: ['true'], progress: 'Building…' }] } }),
      async inputs({ probe }) {
        const slow = probe(['sh', '-c', 'sleep 0.2; echo slow']);
        answers.push(...(await Promise.all([slow, probe(['echo', 'quick'])])));
        return {};
      },
    };
    const { path } = repository({ 'a.txt': 'a' });

    await runJob(
      request({ folder: temporaryFolder(), toolchains: [rules], job: { repository: path, branch: 'main' } }),
    );

    expect(answers).toEqual(['slow\n', 'quick\n'].map((output) => ({ exitCode: 0, output, isMissing: false })));
  });
});
