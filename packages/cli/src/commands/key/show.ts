/** The keys of this machine: with which its user signs, by which its agent is known, and whose signatures count here. */

import { readFile } from 'node:fs/promises';
import { isAbsolute, resolve } from 'node:path';
import { answer, defineCommand } from '../../command.ts';
import type { Context } from '../../context.ts';
import { signingKeySetting } from '../../start/signing-key.ts';
import { homePath } from '../../start/user-config.ts';
import { bad, dim, type Line, line } from '../../text/lines.ts';

export const command = defineCommand({
  name: 'key show',
  summary: 'the keys of this machine, and whose jobs it trusts',
  example: 'gityard key show',
  parameters: {},
  run: async (context) => {
    const { agentKeyPath, fingerprintsOf, isExpired, readTrust } = await import('@gityard/agent');
    const home = homePath(context.io.env);
    const trust = await readTrust({ home });
    const usable = fingerprintsOf(trust);
    const trusted = trust.signers.signers.map((it) => ({
      principal: it.principals,
      fingerprint: it.key.fingerprint,
      namespaces: it.namespaces,
      validAfter: timeOf(it.validAfterMs),
      validBefore: timeOf(it.validBeforeMs),
      revoked: trust.revoked.has(it.key.fingerprint),
      expired: it.validBeforeMs !== null && Date.now() >= it.validBeforeMs,
      forJobs: usable.includes(it.key.fingerprint) && !isExpired(trust, it.key.fingerprint, Date.now()),
    }));
    const value = {
      signing: await publicPart(await signingPath(context)),
      agent: await publicPart(agentKeyPath(home)),
      file: trust.path,
      trusted,
      problems: trust.signers.problems,
    };
    return answer(value, () => drawn(value));
  },
});

const timeOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

async function signingPath({ io, localConfigs }: Context): Promise<string> {
  const { value } = signingKeySetting(io.env, await localConfigs());
  return isAbsolute(value) ? value : resolve(io.cwd, value);
}

/** Read from the file beside it: the private one need not be touched to show whose it is. */
async function publicPart(path: string) {
  const text = await readFile(path.endsWith('.pub') ? path : `${path}.pub`, 'utf8').catch(() => undefined);
  if (text === undefined) return null;
  const { publicKeyFrom } = await import('@gityard/agent');
  return { path, publicKey: text.trim(), fingerprint: publicKeyFrom(text).fingerprint };
}

interface Shown {
  readonly signing: Awaited<ReturnType<typeof publicPart>>;
  readonly agent: Awaited<ReturnType<typeof publicPart>>;
  readonly file: string | null;
  readonly trusted: readonly {
    principal: string;
    fingerprint: string;
    validBefore: string | null;
    revoked: boolean;
    expired: boolean;
  }[];
  readonly problems: readonly { line: number; text: string }[];
}

function drawn({ signing, agent, file, trusted, problems }: Shown): Line[] {
  return [
    signing ? line('you sign with ', signing.publicKey) : line('you have no key ', dim('(gityard key new)')),
    agent ? line('the agent is known by ', agent.publicKey) : line('no agent has run here'),
    file === null
      ? line('nobody is trusted to sign ', dim('(gityard key trust)'))
      : line('jobs count that are signed by'),
    ...trusted.map((it) =>
      line(
        `  ${it.principal}  ${it.fingerprint}`,
        dim(it.validBefore ? `  until ${it.validBefore}` : ''),
        bad(it.revoked ? '  revoked' : it.expired ? '  expired' : ''),
      ),
    ),
    ...problems.map((it) => line(bad(`  line ${it.line} `), `gives nobody a right: ${it.text}`)),
  ];
}
