import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TemporaryFolder, temporaryFolder } from '@gityard/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelSettings, keyOf } from './settings.ts';

describe('the channels of an agent', () => {
  let home: TemporaryFolder;
  beforeEach(async () => {
    home = await temporaryFolder();
  });
  afterEach(() => home.remove());
  const write = (value: unknown) =>
    writeFile(join(home.path, 'notify.json'), typeof value === 'string' ? value : JSON.stringify(value));
  const channel = async (name: string, env = {}) => (await channelSettings(home.path, env)).get(keyOf(name));

  it('are none where nothing names any', async () => {
    expect((await channelSettings(home.path, { GITYARD_TOKEN: 'x' })).size).toBe(0);
  });

  it('come from its own file', async () => {
    await write({
      channels: { 'team-x': { kind: 'slack', url: 'https://chat.example/1' }, desk: { command: ['say', '{title}'] } },
    });

    expect(await channel('team-x')).toMatchObject({ kind: 'slack', url: 'https://chat.example/1' });
    expect(await channel('desk')).toMatchObject({ kind: 'desktop', command: ['say', '{title}'] });
  });

  it('come from the environment first, but never a program', async () => {
    await write({ channels: { team: { kind: 'slack', url: 'https://old.example/', secret: 's' } } });
    const env = { GITYARD_NOTIFY_TEAM_URL: 'https://new.example/', GITYARD_NOTIFY_TEAM_COMMAND: 'rm -rf' };

    expect(await channel('team', env)).toEqual({
      kind: 'webhook',
      url: 'https://new.example/',
      secret: 's',
      to: [],
      from: '',
      command: [],
    });
  });

  it.each([
    ['smtps://u:p@mail.example', 'email'],
    ['https://hooks.slack.com/services/T/B/X', 'slack'],
    ['https://discord.com/api/webhooks/1/x', 'discord'],
    ['https://acme.webhook.office.com/x', 'teams'],
    ['https://hooks.slack.com.evil.example/', 'webhook'],
  ])('are known by their address: %s is %s', async (url, kind) => {
    const env = { GITYARD_NOTIFY_A_B_URL: url, GITYARD_NOTIFY_A_B_TO: 'a@x.example, b@x.example' };

    expect(await channel('a-b', env)).toMatchObject({ kind, to: ['a@x.example', 'b@x.example'] });
  });

  it.each([
    ['{"channels": {"x": {"url": "https://secret', 'is not a JSON object'],
    ['[1]', 'is not a JSON object'],
    ['{"channels": []}', 'must be'],
    ['{"channels": {"../x": {}}}', 'which is no name'],
    ['{"channels": {"x": {"to": "a"}}}', 'must have texts'],
    [`{"x": "${'y'.repeat(70_000)}"}`, 'has more than'],
  ])('are told of where they make no sense, and no secret with it', async (text, reason) => {
    await write(text);

    const error = await channelSettings(home.path, {}).catch((it: unknown) => it as Error);

    expect(error).toMatchObject({ code: 'INVALID_DATA', message: expect.stringContaining(reason) });
    expect((error as Error).message).not.toContain('secret');
  });
});
