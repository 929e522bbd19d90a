import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { ROLES, type State, validate } from '@gityard/domain';
import { world } from '@gityard/domain/spec';
import { describe, expect, it } from 'vitest';
import type { TokenDesk } from '../desks.ts';
import { ENDPOINTS } from '../routes/list.ts';
import { handBuilds } from '../testing/builds.ts';
import { handRepository } from '../testing/repository.ts';
import { apiOf, ask } from '../testing/world.ts';
import { type Access, allows } from './roles.ts';
import { type SignToken, signToken, tokenReader } from './tokens.ts';

describe('roles', () => {
  it('reach as far as the one before them, and further', () => {
    const reach = (access: Access | undefined) => ROLES.filter((role) => allows(access, { role, open: false }));

    expect(reach('Developer')).toEqual(['Developer', 'BuildMaster', 'Admin']);
    expect(reach('BuildMaster')).toEqual(['BuildMaster', 'Admin']);
    expect(reach('Admin')).toEqual(['Admin']);
    expect(reach('looker')).toEqual(['Developer', 'BuildMaster', 'Admin']);
    expect(reach('link')).toEqual(['Developer', 'BuildMaster', 'Admin']);
    expect(reach(undefined)).toEqual([]);
  });

  it('are not asked for where all may look, but for nothing else there', () => {
    const nobody = (access: Access | undefined) => allows(access, { role: null, open: true });

    expect([nobody('anyone'), nobody('looker')]).toEqual([true, true]);
    expect([nobody('link'), nobody('Developer'), nobody('Admin'), nobody(undefined)]).not.toContain(true);
  });
});

describe('a token', () => {
  it('lets in whom it names, as far as its role reaches', async () => {
    const { api, bearer } = await guarded();

    expect(await statusOf(api, bearer({ role: 'Developer' }))).toBe(200);
    expect((await ask(api, '/api/v1/commands', await posting(bearer({ role: 'Developer' }), CANCEL))).status).toBe(403);
    expect((await ask(api, '/api/v1/commands', await posting(bearer({ role: 'BuildMaster' }), CANCEL))).status).toBe(
      200,
    );
  });

  it('of some namespaces changes nothing where nobody looks at them, and reads all', async () => {
    const { api, bearer } = await guarded();
    for (const { method, url, access, onlyFromPage, minds } of ENDPOINTS) {
      if (access === 'anyone' || onlyFromPage || method === 'GET') continue;
      const headers = { authorization: `Bearer ${await bearer({ role: 'Admin', namespaces: ['team-a'] })}` };
      const { status } = await ask(api, url.replace(/:\w+|\*/g, 'state'), { method, headers });
      expect({ url, kept: status === 403 }).toEqual({ url, kept: minds !== 'namespaces' });
    }
    expect(await statusOf(api, bearer({ namespaces: ['team-a'] }))).toBe(200);
    expect(await statusOf(api, bearer({ namespaces: 'team-a' as never }))).toBe(401);
  });

  it('of one namespace asks for builds of that one, and for none of another', async () => {
    const namespaces = { 'team-a': {}, 'team-b': { repositories: ['*/b.git'] } };
    const yard = validate('yard', { namespaces });
    if (!yard.ok) throw new Error(yard.reason);
    const { state } = world().yard(yard.value);
    const { api, bearer, hand } = await guarded(state);
    const asked = async (repository: string, ...namespaces: string[]) => {
      const wish = await posting(bearer({ namespaces }), { repositoryUrl: `https://git.example/${repository}.git` });
      const { status, body } = await ask(api, '/api/v1/builds', wish);
      return [status, JSON.parse(body).code ?? hand.state.jobs.get(JSON.parse(body).executionId)?.namespace];
    };

    expect(await asked('a', 'team-a')).toEqual([202, 'team-a']);
    expect(await asked('b', 'team-a')).toEqual([403, 'DENIED']);
    expect(await asked('b', 'team-a', 'team-b')).toEqual([202, null]);
    expect(await asked('a', 'team-a', 'team-b')).toEqual([403, 'DENIED']);
  });

  it('is no good when it is of another yard, another key, past its end, revoked, or not signed as ours are', async () => {
    const { api, bearer, key } = await guarded();
    const other = generateKeyPairSync('ed25519').privateKey;
    const early = new Date(Date.now() - 7_200_000);
    const [header = '', payload = '', signature = ''] = (await bearer({})).split('.');
    const none = Buffer.from(JSON.stringify({ alg: 'none', kid: key.id })).toString('base64url');
    const strange = {
      'another yard': bearer({ audience: 'other' }),
      'another key': bearer({}, other),
      expired: bearer({ issuedAt: early, expiresAt: new Date(Date.now() - 3_600_000) }),
      'too long a life': bearer({ expiresAt: new Date(Date.now() + 91 * 86_400_000) }),
      revoked: bearer({ id: 'revoked' }),
      'no role of ours': bearer({ role: 'Root' as 'Admin' }),
      'no signature': `${none}.${payload}.`,
      'a changed payload': `${header}.${Buffer.from('{"role":"Admin"}').toString('base64url')}.${signature}`,
      'no token at all': 'x',
    };

    for (const [what, token] of Object.entries(strange))
      expect({ what, status: await statusOf(api, token) }).toEqual({ what, status: 401 });
  });
});

const CANCEL = { op: 'cancel', target: 'b1' };
type Api = Awaited<ReturnType<typeof apiOf>>;

async function statusOf(api: Api, token: string | Promise<string>): Promise<number> {
  const headers = { authorization: `Bearer ${await token}` };
  return (await ask(api, '/api/v1/hello', { headers })).status;
}

async function posting(token: Promise<string>, body: object) {
  const headers = { authorization: `Bearer ${await token}`, 'content-type': 'application/json' };
  return { method: 'POST', headers, body: JSON.stringify(body) };
}

/** One that shows nothing to strangers, and whoever may sign tokens for it. */
async function guarded(state?: State) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = { id: 'k1', publicKey };
  const refused = async () => ({ ok: false, code: 'NOT_FOUND', reason: 'there is none here' }) as const;
  const reader = tokenReader({ key, audience: 'acme', isGood: (id) => id !== 'revoked' });
  const tokens: TokenDesk = { ...reader, list: () => [], issue: refused, revoke: refused };
  const desk = { prepare: () => async () => ({ state: 'applied', commit: null }) as const };
  const messages = { send: async () => ({ state: 'sent', id: 'm1' }) as const };
  const hand = handBuilds({ ...(state && { state }) });
  const { builds, look } = hand;
  const api = await apiOf({ tokens, open: false, desk, builds, look, messages, repository: handRepository() });
  const bearer = (claims: Partial<SignToken>, by: KeyObject = privateKey): Promise<string> =>
    signToken({ ...GOOD(), ...claims }, { id: key.id, privateKey: by });
  return { api, key, bearer, hand };
}

const GOOD = (): SignToken => ({
  ...{ id: 't1', subject: 'ci', role: 'Developer', audience: 'acme' },
  ...{ issuedAt: new Date(), expiresAt: new Date(Date.now() + 3_600_000) },
});
