/** What must be kept from others, and who is trusted: keys, the signers of jobs, secrets. Values are read to say whether that works; none is shown. */
import { Table } from '@gityard/domain';
import type { Context } from '../context.ts';
import { signingKeySetting } from '../start/signing-key.ts';
import { homePath } from '../start/user-config.ts';
import { plural } from '../text/words.ts';
import { doubtful, type Finding, fine, skipped, wrong } from './check.ts';

export async function checkKeys(context: Context): Promise<Finding> {
  const { agentKeyPath, readAgeIdentity, readPrivateKey } = await import('@gityard/agent');
  const home = homePath(context.io.env);
  const signing = signingKeySetting(context.io.env, await context.localConfigs()).value;
  const places = [agentKeyPath(home), signing];
  const keys = await Promise.all(places.map((it) => readPrivateKey(it)));
  const age = await readAgeIdentity(home);
  const count = keys.filter((it) => it !== undefined).length + Number(age !== null);
  return count === 0
    ? skipped('this machine has no keys yet')
    : fine(`${plural(count, 'key')}, which nobody else can read`);
}

const SOON_MS = 14 * 24 * 3_600_000;

export async function checkSigners({ io, now }: Context): Promise<Finding> {
  const { readTrust } = await import('@gityard/agent');
  const { signers, revoked, path } = await readTrust({ home: homePath(io.env) });
  if (path === null) return skipped('no signers are named here (gityard key trust)');
  const ends = signers.signers.flatMap(({ validBeforeMs, principals, line }) =>
    validBeforeMs === null ? [] : [{ validBeforeMs, principals, line }],
  );
  const [first] = ends.sort((a, b) => a.validBeforeMs - b.validBeforeMs);
  const nowMs = Date.parse(now());
  if (first && first.validBeforeMs - nowMs < SOON_MS) {
    const when = new Date(first.validBeforeMs).toISOString();
    const verb = first.validBeforeMs <= nowMs ? 'ran out' : 'runs out';
    return doubtful(
      `the key of ${first.principals} ${verb} at ${when} (${path}, line ${first.line})`,
      'gityard key trust takes a new one; then remove the line',
    );
  }
  return fine(`${plural(signers.signers.length, 'signer')}, ${revoked.size} revoked`);
}

/** Those of the yard that builds here may have, and all that lie on this machine. */
export async function checkSecrets(context: Context): Promise<Finding> {
  const { readPolicy, secretSources } = await import('@gityard/agent');
  const { env } = context.io;
  const home = homePath(env);
  const [state, policy] = await Promise.all([context.look().catch(() => undefined), readPolicy(home)]);
  const wanted = new Set(policy.secrets.map((it) => it.name));
  const secrets = () => state?.secrets ?? Table.empty;
  const trouble: string[] = [];
  let count = 0;
  for (const source of secretSources({ home, environment: env, secrets })) {
    const names = await source.list();
    for (const name of names.filter((it) => source.name !== 'yard' || wanted.has(it))) {
      count += 1;
      await source.read(name).catch((error: Error) => trouble.push(error.message));
    }
  }
  const [first] = trouble;
  if (first !== undefined) return wrong(first, 'gityard secrets list shows all of them');
  return count === 0 ? skipped('builds here may have no secrets') : fine(`${plural(count, 'secret')}, as it should be`);
}
