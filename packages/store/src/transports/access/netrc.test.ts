import { expect, it } from 'vitest';

import { findLogin } from './netrc.ts';

const TEXT = `# machine host login commented password out
machine other login eve password e1
machine host
  login ada account x
  password "a \\"quoted\\" one"
macdef init
machine host login macro password m1

machine host login bob password b1
default login any password d1
`;

it.each([
  [{ host: 'host' }, { user: 'ada', password: 'a "quoted" one' }],
  [
    { host: 'host', user: 'bob' },
    { user: 'bob', password: 'b1' },
  ],
  [
    { host: 'host', user: 'any' },
    { user: 'any', password: 'd1' },
  ],
  [{ host: 'unknown' }, { user: 'any', password: 'd1' }],
  [{ host: 'host', user: 'macro' }, undefined],
  [{ host: 'host', user: 'commented' }, undefined],
])('netrc has for %o the login %o', (question, login) => {
  expect(findLogin(TEXT, question)).toEqual(login);
});

it.each(['machine host login ada', 'machine', 'password x', 'machine host password'])(
  'netrc has no login in %j',
  (text) => {
    expect(findLogin(text, { host: 'host' })).toBeUndefined();
  },
);
