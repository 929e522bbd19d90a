import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';

import type { HttpBackend } from '../http-backend.fixture.ts';
import { openTransport, type TransportOptions } from '../list.ts';
import { asksFor, basic, installHelper, LOGIN, loneBackend } from './settings.fixture.ts';

describe('an HTTP server', () => {
  let home: string;
  let backend: HttpBackend;
  let env: NodeJS.ProcessEnv;
  beforeEach(async () => {
    const made = await loneBackend();
    ({ home, backend, env } = made);
    return made.close;
  });
  const look = (options: TransportOptions = {}, url = backend.url) =>
    openTransport(url, { env, ...options }).readRefs(['refs/']);
  const authorizations = () => backend.requests.map((it) => it.authorization);

  describe('that wants a login', () => {
    beforeEach(() => {
      backend.refuse = asksFor(LOGIN);
    });

    it('is told none before it asks, and the same from then on', async () => {
      await writeFile(join(home, '.netrc'), 'machine 127.0.0.1 login ada password s3cret\n');
      const transport = openTransport(backend.url, { env });
      await transport.readRefs(['refs/']);
      await transport.readRefs(['refs/']);

      expect(authorizations()).toEqual([undefined, basic(LOGIN), basic(LOGIN), basic(LOGIN)]);
    });

    it('is told what netrc says before any helper is asked', async () => {
      const helper = await installHelper(home);
      await helper.keep('eve:other');
      await writeFile(join(home, 'logins'), 'machine 127.0.0.1\n  login ada\n  password s3cret\n');
      await look({ env: { ...env, NETRC: join(home, 'logins') } });

      expect(await helper.told()).toEqual([]);
    });

    it('lets the helper know that its login was right, once', async () => {
      const helper = await installHelper(home);
      await helper.keep(LOGIN);
      const transport = openTransport(backend.url, { env });
      await transport.readRefs(['refs/']);
      await transport.readRefs(['refs/']);

      expect(await helper.told()).toEqual(['get', 'store']);
    });

    it('gets a new login from the helper when the old one has run out', async () => {
      const helper = await installHelper(home);
      await helper.keep('ada:old');
      backend.refuse = asksFor('ada:old');
      const transport = openTransport(backend.url, { env });
      await transport.readRefs(['refs/']);
      backend.refuse = asksFor(LOGIN);
      await helper.keep(LOGIN);
      await Promise.all([
        transport.readRefs(['refs/']),
        transport.readRefs(['refs/a']),
        transport.readRefs(['refs/b']),
      ]);

      expect(await helper.told()).toEqual(['get', 'store', 'erase', 'get', 'store']);
    });

    it('is asked no more with a login that it has refused', async () => {
      const helper = await installHelper(home);
      await helper.keep('ada:wrong');

      await expect(look()).rejects.toMatchObject({ code: 'DENIED', hint: expect.stringContaining('GITYARD_TOKEN') });

      expect(authorizations()).toEqual([undefined, basic('ada:wrong')]);
      expect(await helper.told()).toEqual(['get', 'erase', 'get']);
    });

    it('is told no other login when a token was given', async () => {
      await (await installHelper(home)).keep(LOGIN);

      await expect(look({ token: 'void' })).rejects.toMatchObject({ code: 'DENIED' });

      expect(authorizations()).toEqual([basic('x-access-token:void')]);
    });

    it('is told the login of the user that the address names', async () => {
      const text = 'machine 127.0.0.1 login eve password other\nmachine 127.0.0.1 login ada password s3cret\n';
      await writeFile(join(home, '.netrc'), text);

      await expect(look({}, backend.url.replace('//', '//ada@'))).resolves.toEqual(new Map());
    });

    it('gets no login of another host by an address that smuggles its name in', async () => {
      const helper = await installHelper(home);
      await helper.keep(LOGIN);

      const smuggling = backend.url.replace('//', '//ada%0Ahost=other.example@');
      await expect(look({}, smuggling)).rejects.toMatchObject({ code: 'DENIED' });

      expect(await helper.told()).toEqual([]);
    });

    it('shows no login in its refusal', async () => {
      await (await installHelper(home)).keep('ada:wr0ng');

      const error = await look().catch((it: unknown) => it);

      expect(`${error} ${JSON.stringify(error)} ${(error as Error).stack}`).not.toMatch(/wr0ng|YWRhOndyMG5n/);
    });
  });
});
