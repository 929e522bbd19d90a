import { describe, expect, it } from 'vitest';
import type { BuildOutcome, BuildUpdate } from '../contract.ts';
import { runJob } from '../run-job.ts';
import { repository, request as requestOf } from '../specs/world.ts';
import type { BuildSecrets, SecretUse } from './build-secrets.ts';

const TOKEN = 'kX9/v+2-qqZZ"7';
const secretsOf = (values: Record<string, string>, uses: SecretUse[] = []): BuildSecrets => ({
  async give(use) {
    uses.push(use);
    const missing = use.names.find((name) => values[name] === undefined);
    if (missing) return { ok: false, reason: `no rule gives ${missing}` };
    return { ok: true, values: Object.fromEntries(use.names.map((name) => [name, values[name] ?? ''])) };
  },
});
/** Of an agent whose policy lets every build have these. */
const request = (part: Parameters<typeof requestOf>[0]) =>
  requestOf({
    policy: {
      repositories: ['*'],
      commands: true,
      secrets: ['TOKEN', 'A_KEY', 'B_KEY', 'OTHER', 'NAMED', 'HALVES'].map((name) => ({
        name,
        repositories: ['*'],
        refs: ['*'],
      })),
    },
    ...part,
  });
const script = (text: string) => ['sh', '-c', text];
const filesOf = ({ files }: BuildOutcome) =>
  files.map(({ content }) => Buffer.from(content).toString('utf8')).join('\n');

describe('secrets in builds', () => {
  it('are environment of the programs, and nowhere in what the build says', async () => {
    const updates: BuildUpdate[] = [];
    const live: Buffer[] = [];
    const command = script(
      [
        'test "$TOKEN" = \'kX9/v+2-qqZZ"7\' && echo right',
        'printf "%s\\n" "$TOKEN"; printf "error: %s is bad\\n" "$TOKEN"',
        'printf "%s" "$TOKEN" | od -An -tx1 | tr -d " \\n"; echo; printf "%s" "user:$TOKEN" | base64',
        'touch "$GITYARD_ARTIFACTS/kX9-fine"; exit 3',
      ].join('; '),
    );

    const outcome = await runJob(
      request({
        job: { command, secrets: ['TOKEN'] },
        secrets: secretsOf({ TOKEN }),
        onProgress: (update) => updates.push(update),
        onOutput: (chunk) => live.push(Buffer.from(chunk)),
      }),
    );

    const everything = [JSON.stringify(outcome), filesOf(outcome), JSON.stringify(updates), Buffer.concat(live)].join(
      '\n',
    );
    expect(outcome).toMatchObject({ status: 'failed', exitCode: 3 });
    expect(filesOf(outcome)).toContain('right');
    expect(filesOf(outcome)).toContain('error: ***REDACTED*** is bad');
    expect(filesOf(outcome)).toContain('secret TOKEN given to stage Build');
    for (const form of [TOKEN, JSON.stringify(TOKEN).slice(1, -1), Buffer.from(TOKEN).toString('hex'), 'i2b'])
      expect(everything).not.toContain(form);
    expect(everything).not.toContain(Buffer.from(`user:${TOKEN}`).toString('base64').slice(8));
  });

  it('are asked for once, with what is really built, before the first program runs', async () => {
    const source = repository({ Makefile: 'all:\n\t@echo made\ntest:\n\t@echo tested\n' });
    const uses: SecretUse[] = [];

    const outcome = await runJob(
      request({ job: { repository: source.path, secrets: ['A_KEY'] }, secrets: secretsOf({ A_KEY: 'abcdef1' }, uses) }),
    );

    expect(outcome.status).toBe('succeeded');
    expect(uses).toMatchObject([{ names: ['A_KEY'], repository: source.path, branch: 'main' }]);
    expect(uses[0]?.commit).toBe(source.git('rev-parse', 'HEAD'));
    expect(await uses[0]?.isOnBranch()).toBe(true);
  });

  it('go to the stage that the recipe names, and to no other', async () => {
    const print = ['sh', '-c', 'echo "$0 sees $A_KEY and $B_KEY;"'];
    const recipe = {
      stages: { build: [[...print, 'build']], test: [[...print, 'test']] },
      secrets: { test: ['A_KEY'] },
    };
    const source = repository({ 'gityard.json': JSON.stringify(recipe) });

    const outcome = await runJob(
      request({
        job: { repository: source.path, secrets: ['B_KEY'] },
        secrets: secretsOf({ A_KEY: 'abcdef1', B_KEY: 'ghijkl2' }),
      }),
    );

    expect(filesOf(outcome)).toContain('build sees  and ***REDACTED***;');
    expect(filesOf(outcome)).toContain('test sees ***REDACTED*** and ***REDACTED***;');
  });

  it('are never given for a commit that is not on the branch that the job names', async () => {
    const source = repository({ Makefile: 'all:\n\t@echo made\n' });
    const main = source.git('rev-parse', 'HEAD');
    source.git('checkout', '--quiet', '-b', 'side');
    const side = source.commit({ evil: 'yes' });
    source.git('checkout', '--quiet', 'main');
    source.commit({ more: 'yes' });
    const uses: SecretUse[] = [];
    const build = (commit: string) =>
      runJob(
        request({
          job: { repository: source.path, branch: 'main', commit, secrets: ['A_KEY'] },
          secrets: secretsOf({ A_KEY: 'abcdef1' }, uses),
        }),
      );

    const refused = await build(side);
    const built = await build(main);

    expect(refused).toMatchObject({ status: 'failed', cause: 'policy' });
    expect(built.status).toBe('succeeded');
    expect(uses).toHaveLength(1);
    expect(await uses[0]?.isOnBranch()).toBe(true);
  });

  it('end a build that may not have them, before anything of it ran', async () => {
    const command = script('touch "$GITYARD_ARTIFACTS/ran"');

    const refused = await runJob(request({ job: { command, secrets: ['OTHER'] }, secrets: secretsOf({}) }));
    const without = await runJob(request({ job: { command, secrets: ['OTHER'] } }));

    expect(refused).toMatchObject({ status: 'failed', cause: 'policy', reason: 'no rule gives OTHER', artifacts: [] });
    expect(without).toMatchObject({ cause: 'policy', reason: 'there are no secrets here, and the job asks for OTHER' });
  });

  it('are learned from ::add-mask:: while the build runs, and too short ones are told of', async () => {
    const command = script('v=made-up; echo "::add-mask::$v-7"; echo "x $v-7 y"; echo "::add-mask::abc"; echo abc >&2');

    const outcome = await runJob(request({ job: { command } }));

    expect(filesOf(outcome)).toContain('x ***REDACTED*** y');
    expect(filesOf(outcome)).not.toContain('made-up-7');
    expect(filesOf(outcome)).toContain('a value of ::add-mask:: is shorter than 6 bytes, and is not masked');
  });

  it('do not become the name of an artifact', async () => {
    const command = script('touch "$GITYARD_ARTIFACTS/key-$NAMED.txt" "$GITYARD_ARTIFACTS/plain.txt"');

    const outcome = await runJob(
      request({ job: { command, secrets: ['NAMED'] }, secrets: secretsOf({ NAMED: 'abcdef-77' }) }),
    );

    expect(outcome.artifacts.map(({ path }) => path)).toEqual(['plain.txt']);
    expect(filesOf(outcome)).toContain('its name holds a secret');
    expect(filesOf(outcome)).not.toContain('abcdef-77');
  });

  it('are masked where one program says the first half and the other output the rest', async () => {
    const command = script('printf abcdef; sleep 0.2; printf "ghijkl\\n" >&2; printf "::add-mask::no\\n"');

    const outcome = await runJob(
      request({ job: { command, secrets: ['HALVES'] }, secrets: secretsOf({ HALVES: 'abcdefghijkl' }) }),
    );

    expect(filesOf(outcome)).not.toContain('abcdefghijkl');
  });
});
