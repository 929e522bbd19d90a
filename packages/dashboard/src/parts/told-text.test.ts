import { describe, expect, it } from 'vitest';
import { serverWords } from './told-text.ts';

describe('told-text', () => {
  it('calls machines servers, and leaves commands as they are typed', () => {
    expect(serverWords('no agent fits arm64; gityard agent resume mac lets it')).toBe(
      'no server fits arm64; gityard agent resume mac lets it',
    );
    expect(serverWords('waits for an agent')).toBe('waits for a server');
    expect(serverWords('agent-tray waits for 2 agents')).toBe('agent-tray waits for 2 servers');
  });
});
