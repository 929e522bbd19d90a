import { describe, expect, it } from 'vitest';
import { lintConfig } from './lint-config.ts';

const lint = (text: string) => lintConfig(new TextEncoder().encode(text));

describe('lint-config', () => {
  it('finds nothing in what a yard needs', async () => {
    expect(await lint('{}')).toEqual([]);
    expect(await lint('{ "schemaVersion": 1, "lease": { "seconds": 60 }, "roles": { "ops": ["build1"] } }')).toEqual(
      [],
    );
  });

  it('says on which line a value does not fit', async () => {
    expect(await lint('{\n  "name": "a",\n  "lease": {\n    "seconds": "long"\n  }\n}')).toEqual([
      { level: 'error', line: 4, text: 'lease.seconds must be a number', hint: null },
    ]);
  });

  it('says on which line the JSON breaks', async () => {
    expect(await lint('{\n  "name": "a"\n  "lease": {}\n}')).toMatchObject([{ level: 'error', line: 3 }]);
  });

  it('warns of fields that nobody knows, and says which was meant', async () => {
    expect(await lint('{\n  "heartbeat": {\n    "intervalSecond": 5\n  }\n}')).toEqual([
      {
        level: 'warning',
        line: 3,
        text: 'unknown field heartbeat.intervalSecond',
        hint: 'did you mean intervalSeconds?',
      },
    ]);
  });

  it('leaves a file of a newer program to that one', async () => {
    expect(await lint('{ "schemaVersion": 99 }')).toMatchObject([{ level: 'error', line: 1, hint: 'update gityard' }]);
  });

  it('finds schedules that no agent can read, and words that nothing is told under', async () => {
    const rule = (name: string, ...when: string[]) => ({ name, channel: 'team', when });
    const config = {
      upkeep: { healt: { schedule: '@hourly' }, archive: { schedule: '61 * * * *' } },
      failover: { mac: { backup: 'mac' } },
      notifications: [rule('ops', 'job-faild'), rule('ops', 'needs-you', 'lock-expired')],
    };

    expect(await lint(JSON.stringify(config, null, 1))).toMatchObject([
      { level: 'warning', line: 3, text: 'upkeep.healt is no task of the upkeep', hint: 'did you mean health?' },
      { level: 'error', line: 6, text: expect.stringContaining('upkeep.archive: its schedule cannot be read') },
      { level: 'warning', line: 11, text: expect.stringContaining('its own backup') },
      { level: 'warning', line: 20, hint: 'did you mean job-failed?' },
      { level: 'error', text: 'notifications has a second rule ops' },
    ]);
    expect(await lint('{"upkeep": {"archive": {"schedule": "@daily", "timeZone": "Mars/Olympus"}}}')).toMatchObject([
      { level: 'error', text: expect.stringMatching(/time ?zone/i) },
    ]);
  });
});
