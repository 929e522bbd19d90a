import { generateKeyPairSync } from 'node:crypto';
import { ROLES, type Role } from '@gityard/domain';
import type { FastifyInstance } from 'fastify';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../create-app.ts';
import type { TokenDesk } from '../desks.ts';
import type { Endpoint } from '../endpoint.ts';
import { Followers } from '../followers.ts';
import { ENDPOINTS } from '../routes/list.ts';
import { Sessions } from '../sessions.ts';
import { badTokens } from '../testing/bad-tokens.ts';
import { handSource, sampleModel } from '../testing/world.ts';
import { signToken, tokenReader } from './tokens.ts';

type Least = Role | 'anyone' | 'looker' | 'page';

/**
 * REQUIREMENTS R129 once more, by address, as people read it: Developers look and ask for builds, BuildMasters steer builds and
 * agents, Admins give out tokens. The first line that fits counts; an address that none fits is for those whom its endpoint names.
 */
const TABLE: readonly (readonly [RegExp, Least])[] = [
  [/^GET \/(healthz|readyz|openapi\.json)$/, 'anyone'],
  [/^POST \/api\/v1\/session$/, 'page'],
  [/^\w+ \/api\/v1\/tokens/, 'Admin'],
  [/^GET \/api\/v1\/(agents|pools|builds|snapshot|events|files|blobs|trees|commits|hello)\b/, 'looker'],
  [/^GET \/metrics$/, 'looker'],
  // Whoever has its signed address needs to be nobody; `artifacts.test.ts` is about those.
  [/^GET \/api\/v1\/artifacts\/:id\/download$/, 'Developer'],
  [/^(POST|DELETE) \/api\/v1\/agents/, 'BuildMaster'],
  [/^POST \/api\/v1\/builds\/:\w+\/cancel$/, 'BuildMaster'],
  [/^POST \/api\/v1\/builds$/, 'Developer'],
  [/^POST \/api\/v1\/(commands|messages)$/, 'Developer'],
];
const addressOf = ({ method, url }: Endpoint): string => `${method} ${url}`;
const leastOf = (it: Endpoint): Least =>
  TABLE.find(([form]) => form.test(addressOf(it)))?.[1] ?? (it.access === 'link' ? 'Developer' : it.access);

/** Who needs no token: a bearer of nothing may only ever look. */
const FOR_ANYBODY = /^GET \/(healthz|readyz|openapi\.json)$|^POST \/api\/v1\/session$/;

function reach(least: Least, role: Role | null, open: boolean): boolean {
  if (least === 'page') return false;
  if (least === 'anyone' || (least === 'looker' && open)) return true;
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(least === 'looker' ? 'Developer' : least);
}

describe('every route', () => {
  it('is open to nobody by oversight', () => {
    const open = ENDPOINTS.filter((it) => it.access === 'anyone' && !FOR_ANYBODY.test(addressOf(it)));
    const changing = ENDPOINTS.filter((it) => it.method !== 'GET' && it.access === 'looker');

    expect([...open, ...changing].map(addressOf)).toEqual([]);
    expect(new Set(ENDPOINTS.map(addressOf)).size).toBe(ENDPOINTS.length);
    expect(new Set(ENDPOINTS.map((it) => it.name)).size).toBe(ENDPOINTS.length);
  });

  it.each([true, false])('lets in whom the table names, as far as roles reach (all may look: %s)', async (open) => {
    const { app, bearer } = await guarded(open);
    const headersOf = async (role: Role | null): Promise<Headers> =>
      role === null ? {} : { authorization: `Bearer ${await bearer(role)}` };

    for (const role of [null, ...ROLES]) {
      const headers = await headersOf(role);
      for (const it of ENDPOINTS) {
        const expected = reach(leastOf(it), role, open);
        expect(await seen(app, it, headers), `${addressOf(it)} by ${role}`).toBe(expected ? 'in' : 'kept out');
        if (it.method !== 'GET') continue;
        const head = await app.inject({ method: 'HEAD', url: filled(it), headers });
        expect(isKeptOut(head), `HEAD ${it.url} by ${role}`).toBe(!expected);
      }
    }
  });

  it('takes no token that is no good for anything but nothing at all', async () => {
    const { app, bad } = await guarded(true);

    for (const [what, token] of Object.entries(bad))
      for (const it of ENDPOINTS.filter(({ access }) => access !== 'anyone')) {
        const headers = { authorization: `Bearer ${token}` };
        expect((await ask(app, it, headers)).statusCode, `${addressOf(it)} with a token ${what}`).toBe(401);
      }
  });

  it('does what a session asks only for the page that it was opened by', async () => {
    const { app, page, cookie } = await guarded(false);

    for (const it of ENDPOINTS.filter(({ access }) => access !== 'anyone')) {
      expect(await seen(app, it, { ...page, cookie }), addressOf(it)).toBe('in');
      expect(await seen(app, it, { cookie }), addressOf(it)).toBe(it.method === 'GET' ? 'in' : 'kept out');
      expect(await seen(app, it, { ...page, cookie: `${cookie}x` }), addressOf(it)).toBe('kept out');
    }
  });
});

type Headers = Readonly<Record<string, string>>;

const filled = ({ url }: Endpoint): string => url.replace(/:\w+|\*/g, 'state');
const ask = (app: FastifyInstance, it: Endpoint, headers: Headers) =>
  app.inject({ method: it.method, url: filled(it), headers });
const isKeptOut = ({ statusCode }: { readonly statusCode: number }): boolean =>
  statusCode === 401 || statusCode === 403;

async function seen(app: FastifyInstance, it: Endpoint, headers: Headers): Promise<'in' | 'kept out'> {
  return isKeptOut(await ask(app, it, headers)) ? 'kept out' : 'in';
}

/** All that there is, though it does nothing: this is about who gets so far. */
async function guarded(open: boolean) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const key = { id: 'SHA256:ours', publicKey };
  const reader = tokenReader({ key, audience: 'acme', isGood: (id) => id !== 'revoked' });
  const refused = async () => ({ ok: false, code: 'NOT_FOUND', reason: 'there is none here' }) as const;
  const tokens: TokenDesk = { ...reader, list: () => [], issue: refused, revoke: refused };
  const options = {
    ...{ source: handSource(sampleModel(1)), pages: '/nowhere', key: 'key', open, tokens },
    rates: { failedLogins: 100_000 },
  };
  const context = {
    ...{ options, followers: new Followers(1), sessions: new Sessions('key') },
    closing: new AbortController().signal,
  };
  const idle = (it: Endpoint): Endpoint => (it.name === 'openSession' ? it : { ...it, handle: () => () => ({}) });
  const app = await createApp(context, ENDPOINTS.map(idle));
  onTestFinished(() => app.close());
  await app.ready();

  const page = { origin: 'http://localhost', 'x-gityard-page': '1' };
  const session = await app.inject({ method: 'POST', url: '/api/v1/session', headers: page, payload: { key: 'key' } });
  const cookie = String(session.headers['set-cookie']).split(';')[0] ?? '';
  const now = new Date();
  const bearer = (role: Role) =>
    signToken(
      {
        ...{ id: role, subject: 'ci', role, audience: 'acme' },
        ...{ issuedAt: now, expiresAt: new Date(now.getTime() + 3_600_000) },
      },
      { id: key.id, privateKey },
    );
  const signing = { keyId: key.id, publicKey, privateKey, audience: 'acme', revoked: 'revoked' };
  return { app, page, cookie, bearer, bad: await badTokens(signing) };
}
