import { describe, expect, it } from 'vitest';
import { HOSTILE, serviceFacts } from './facts.fixture.ts';
import { checkedFacts } from './facts.ts';

describe('facts of a service', () => {
  it.each(['a\nb', 'a\rb', 'a\0b', 'a\u001bb', 'a\u0085b', 'a\u2028b', 'a\ud800b', 'a\uffffb'])(
    'refuse %j wherever it stands: it would begin a line of its own, or be no text',
    (word) => {
      const refused = expect.objectContaining({ code: 'USAGE' });
      expect(() => checkedFacts(serviceFacts({ flags: ['--labels', word] }))).toThrow(refused);
      expect(() => checkedFacts(serviceFacts({ home: `/${word}` }))).toThrow(refused);
      expect(() => checkedFacts(serviceFacts({ path: `/${word}` }))).toThrow(refused);
      expect(() => checkedFacts(serviceFacts({ tokenFile: `/${word}` }))).toThrow(refused);
      expect(() => checkedFacts(serviceFacts({ user: word }))).toThrow(refused);
    },
  );

  it.each(['/a\\', '/a '])('refuse %j as a path: its end would be lost', (home) => {
    expect(() => checkedFacts(serviceFacts({ home }))).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  it.each(['-x', '$(id)', 'a b;c', 'a/b', '', '%i', `a'b`])('refuse %j as an account', (user) => {
    expect(() => checkedFacts(serviceFacts({ user }))).toThrow(expect.objectContaining({ code: 'USAGE' }));
  });

  it.each(['gityard', '_build', 'build.server', 'host$'])('take %j as an account', (user) => {
    expect(checkedFacts(serviceFacts({ user })).user).toBe(user);
  });

  it.each(['S-1-5-19', 'ACME\\build server', 'build server'])('take %j as an account of Windows alone', (user) => {
    const folders = { ...serviceFacts().folders, config: 'C:\\ProgramData\\gityard' };
    expect(checkedFacts(serviceFacts({ user, folders })).user).toBe(user);
    if (user.includes(' ')) expect(() => checkedFacts(serviceFacts({ user }))).toThrow();
  });

  it('take whatever else people write', () => {
    expect(() => checkedFacts(serviceFacts({ flags: HOSTILE, home: `/x/${HOSTILE[0]}` }))).not.toThrow();
  });
});
