/** What every channel must do, whichever way its words go: to a real HTTP server, a real mail server, a real program. */
import { createHmac } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '@gityard/testing';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ChannelError, type ChannelMessage } from './channel.ts';
import { deliver } from './deliver.ts';
import { CHANNEL_KINDS, openChannel } from './list.ts';
import type { ChannelSettings } from './settings.ts';

const nothing: ChannelSettings = { kind: '', url: '', secret: '', to: [], from: '', command: [] };
const message: ChannelMessage = {
  title: '[acme] main is broken',
  text: 'branch main: job 01k failed: exit code 3 <!channel> @everyone $(id)',
  url: 'https://pages.example/yard',
  mood: 'bad',
  facts: { yard: 'acme', code: 'job-failed', agent: 'build1', job: '01k', branch: 'main' },
};

interface Rig {
  readonly settings: ChannelSettings;
  /** From now on it refuses for good, for now, or keeps silent. */
  behave(how: 'well' | 'refuse' | 'stumble' | 'silent'): void;
  /** All that came through. */
  readonly heard: string[];
}

const SECRET = 'hush-0a1b2c';

async function httpRig(kind: string) {
  let how: Parameters<Rig['behave']>[0] = 'well';
  const heard: string[] = [];
  const headers: IncomingMessage['headers'][] = [];
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    if (how === 'silent') return;
    if (how === 'well') {
      heard.push(body);
      headers.push(request.headers);
    }
    response.writeHead({ well: 200, refuse: 404, stumble: 503 }[how]).end('whatever');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks/${SECRET}`;
  const behave = (next: typeof how) => {
    how = next;
  };
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return {
    settings: { ...nothing, kind, url, secret: kind === 'webhook' ? SECRET : '' },
    behave,
    heard,
    headers,
    close,
  };
}

async function mailRig() {
  let how: Parameters<Rig['behave']>[0] = 'well';
  const heard: string[] = [];
  const fault = (code: number) => Object.assign(new Error(`not now ${SECRET}`), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    onAuth: ({ username, password }, _, done) => done(null, password === SECRET ? { user: username } : undefined),
    onData: (stream, _, done) => {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk;
      });
      stream.on('end', () => {
        if (how === 'silent') return;
        if (how === 'well') heard.push(text);
        done(how === 'well' ? null : fault(how === 'refuse' ? 550 : 451));
      });
    },
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const url = `smtp://yard:${SECRET}@127.0.0.1:${port}`;
  const settings = { ...nothing, kind: 'email', url, from: 'yard@acme.example', to: ['ops@acme.example'] };
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  const behave = (next: typeof how) => {
    how = next;
  };
  return { settings, behave, heard, close };
}

/** A program that says what it was given into a file; how it behaves stands in another. */
const SAYS = `
  const { appendFileSync, readFileSync } = require('node:fs');
  const [, file, ...said] = process.argv.slice(1);
  const how = readFileSync(file + '.how', 'utf8');
  if (how === 'silent') setInterval(() => {}, 1000);
  else if (how === 'well') appendFileSync(file, JSON.stringify(said) + '\\n');
  else process.exit(1);`;

async function desktopRig() {
  const folder = await temporaryFolder();
  const file = join(folder.path, 'said');
  const behave = (how: string) => writeFileSync(`${file}.how`, how);
  behave('well');
  writeFileSync(file, '');
  const command = [process.execPath, '-e', SAYS, '-', file, '{title}', '{text}', '{url}'];
  return {
    settings: { ...nothing, kind: 'desktop', command },
    behave,
    get heard() {
      return readFileSync(file, 'utf8').split('\n').filter(Boolean);
    },
    close: () => folder.remove(),
  };
}

const RIGS: Readonly<Record<string, () => Promise<Rig & { close(): Promise<unknown> }>>> = {
  webhook: () => httpRig('webhook'),
  slack: () => httpRig('slack'),
  discord: () => httpRig('discord'),
  teams: () => httpRig('teams'),
  email: mailRig,
  desktop: desktopRig,
};

it('is kept by every kind that there is', () => {
  expect(Object.keys(RIGS).sort()).toEqual(CHANNEL_KINDS.map((it) => it.kind).sort());
});

describe.each(Object.keys(RIGS))('the channel %s', (kind) => {
  let rig: Awaited<ReturnType<(typeof RIGS)[string]>>;
  beforeAll(async () => {
    rig = await (RIGS[kind] as (typeof RIGS)[string])();
  });
  beforeEach(() => rig.behave('well'));
  afterAll(() => rig.close());
  const never = new AbortController().signal;
  const errorOf = (signal = never) =>
    openChannel(rig.settings)
      .send(message, signal)
      .then(
        () => undefined,
        (error: unknown) => error as ChannelError,
      );

  it('brings title, text and link, once', async () => {
    const before = rig.heard.length;

    await openChannel(rig.settings).send(message, never);

    expect(rig.heard).toHaveLength(before + 1);
    // Mail is wrapped and marked so that it survives its way.
    const said = (rig.heard.at(-1) ?? '').replaceAll('=\r\n', '').replaceAll('=3D', '=');
    for (const word of ['main is broken', 'exit code 3', 'https://pages.example/yard']) expect(said).toContain(word);
  });

  it('shows beforehand what it would send, without what is secret', () => {
    const shown = JSON.stringify(openChannel(rig.settings).preview(message));

    expect(shown).toContain('main is broken');
    expect(shown).not.toContain(SECRET);
  });

  it('says when it was not taken, and gives nothing secret away', async () => {
    rig.behave('refuse');

    const error = await errorOf();

    expect(error).toBeInstanceOf(ChannelError);
    expect(error?.message).not.toContain(SECRET);
  });

  it('is tried again as long as that may help', async () => {
    rig.behave('stumble');
    let failures = 0;
    const pauseMs = () => {
      failures++;
      if (failures === 2) rig.behave('well');
      return 0;
    };

    expect(await deliver({ channel: openChannel(rig.settings), message, signal: never, pauseMs })).toBeUndefined();
    expect(failures).toBe(2);
  });

  it('gives up at last', async () => {
    rig.behave('stumble');

    const failure = await deliver({
      channel: openChannel(rig.settings),
      message,
      signal: never,
      tries: 3,
      pauseMs: () => 0,
    });

    expect(failure).toMatch(/503|451|ended with 1/);
  });

  it('does not wait for one that keeps silent', async () => {
    rig.behave('silent');
    const stop = new AbortController();

    const error = errorOf(stop.signal);
    stop.abort();

    expect(await error).toBeInstanceOf(ChannelError);
  });

  it('refuses settings that cannot work', () => {
    expect(() => openChannel({ ...nothing, kind })).toThrow(ChannelError);
  });
});

describe('what is special about one', () => {
  it('a webhook is signed with what both sides know', async () => {
    const rig = await httpRig('webhook');
    try {
      await openChannel(rig.settings).send(message, new AbortController().signal);

      const expected = createHmac('sha256', SECRET)
        .update(rig.heard[0] ?? '')
        .digest('hex');
      expect(rig.headers[0]?.['x-gityard-signature']).toBe(`sha256=${expected}`);
      expect(JSON.parse(rig.heard[0] ?? '')).toMatchObject({
        version: 1,
        code: 'job-failed',
        agent: 'build1',
        branch: 'main',
      });
    } finally {
      await rig.close();
    }
  });

  it.each([
    ['slack', '&lt;!channel&gt;'],
    ['discord', '"allowed_mentions":{"parse":[]}'],
  ])('%s calls nobody whom a text names', async (kind, said) => {
    expect(JSON.stringify(openChannel({ ...nothing, kind, url: 'https://chat.example/x' }).preview(message))).toContain(
      said,
    );
  });

  it('nobody is sent elsewhere by an answer', async () => {
    const goal = await httpRig('webhook');
    const server = createServer((_, response) => response.writeHead(307, { location: goal.settings.url }).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    try {
      await expect(
        openChannel({ ...nothing, kind: 'slack', url }).send(message, new AbortController().signal),
      ).rejects.toThrow('307');
      expect(goal.heard).toEqual([]);
    } finally {
      server.closeAllConnections();
      server.close();
      await goal.close();
    }
  });

  it('goes through the proxy that stands before the servers of others', async () => {
    const proxy = await httpRig('slack');
    vi.stubEnv('HTTP_PROXY', new URL(proxy.settings.url).origin);
    try {
      const url = 'http://chat.example/hooks/x';
      await openChannel({ ...nothing, kind: 'slack', url }).send(message, new AbortController().signal);

      expect(proxy.headers).toMatchObject([{ host: 'chat.example' }]);
    } finally {
      vi.unstubAllEnvs();
      await proxy.close();
    }
  });

  it.each(['file:///etc/passwd', 'ftp://example.org/x', 'https://user:pw@example.org/', 'not a url'])(
    '%s is no address',
    (url) => {
      expect(() => openChannel({ ...nothing, kind: 'webhook', url })).toThrow(ChannelError);
    },
  );

  it('a program gets its words as they are, whatever a shell would make of them', async () => {
    const rig = await desktopRig();
    try {
      await openChannel(rig.settings).send(message, new AbortController().signal);

      expect(JSON.parse(rig.heard[0] ?? '[]')).toEqual([message.title, message.text, message.url]);
    } finally {
      await rig.close();
    }
  });

  it('mail asks for a safe way as soon as a password goes with it', async () => {
    const rig = await mailRig();
    const elsewhere = rig.settings.url.replace('127.0.0.1', '127.0.0.2');
    try {
      const settings = { ...rig.settings, url: elsewhere };

      await expect(openChannel(settings).send(message, new AbortController().signal)).rejects.toThrow(ChannelError);
      expect(rig.heard).toEqual([]);
    } finally {
      await rig.close();
    }
  });
});
