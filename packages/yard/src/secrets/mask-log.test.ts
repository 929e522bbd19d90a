import { describe, expect, it } from 'vitest';
import { maskedLog } from './mask-log.ts';

const key = `-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA ${'PRIVATE'} KEY-----`;
const masked = async (path: string, content: string | Uint8Array) =>
  (await maskedLog({ path, content: Buffer.from(content) })).content;

describe('a log that is published', () => {
  it('is as it was where nothing looks like a secret', async () => {
    const content = Uint8Array.from({ length: 256 }, (_, at) => at);

    expect(Buffer.compare(await masked('mac/logs/j1.0.log', content), content)).toBe(0);
  });

  it('has lost what does, and keeps every other byte', async () => {
    const bytes = Buffer.concat([Buffer.from([0xff, 0xc3]), Buffer.from(`password=${'hunter2'} ü`)]);

    const clean = Buffer.from(await masked('mac/logs/j1.0.log', bytes));

    expect(clean).toEqual(Buffer.concat([Buffer.from([0xff, 0xc3]), Buffer.from('password=***REDACTED*** ü')]));
  });

  it('is JSON as before where it was', async () => {
    const log = { events: [`it is ${key}`, 'ünfine'], env: { password: `${'hunter'}22` } };

    const clean = Buffer.from(await masked('mac/logs/j1.json', JSON.stringify(log))).toString();

    expect(JSON.parse(clean)).toEqual({
      events: ['it is ***REDACTED***', 'ünfine'],
      env: { password: '***REDACTED***' },
    });
    expect(Buffer.from(await masked('j1.json', `{"password": "${'hunter2'}`)).toString()).toBe(
      '{"password": "***REDACTED***',
    );
  });
});
