import { describe, expect, it } from 'vitest';
import { lintConfig } from './lint-config.ts';

const lint = (text: string) => lintConfig(new TextEncoder().encode(text));

describe('lint-config', () => {
  it('finds nothing in what a yard needs', () => {
    expect(lint('{}')).toEqual([]);
    expect(lint('{ "schemaVersion": 1, "lease": { "seconds": 60 }, "roles": { "ops": ["build1"] } }')).toEqual([]);
  });

  it('says on which line a value does not fit', () => {
    expect(lint('{\n  "name": "a",\n  "lease": {\n    "seconds": "long"\n  }\n}')).toEqual([
      { level: 'error', line: 4, text: 'lease.seconds must be a number', hint: null },
    ]);
  });

  it('says on which line the JSON breaks', () => {
    expect(lint('{\n  "name": "a"\n  "lease": {}\n}')).toMatchObject([{ level: 'error', line: 3 }]);
  });

  it('warns of fields that nobody knows, and says which was meant', () => {
    expect(lint('{\n  "heartbeat": {\n    "intervalSecond": 5\n  }\n}')).toEqual([
      {
        level: 'warning',
        line: 3,
        text: 'unknown field heartbeat.intervalSecond',
        hint: 'did you mean intervalSeconds?',
      },
    ]);
  });

  it('leaves a file of a newer program to that one', () => {
    expect(lint('{ "schemaVersion": 99 }')).toMatchObject([{ level: 'error', line: 1, hint: 'update gityard' }]);
  });
});
