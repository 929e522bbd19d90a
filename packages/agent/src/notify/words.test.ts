import type { Notice, Notification } from '@gityard/domain';
import { describe, expect, it } from 'vitest';
import { messageOf, summaryOf } from './words.ts';

const rule = { language: 'en', template: null, url: null } as unknown as Notification;
const notice: Notice = {
  key: 'k',
  state: 'open',
  code: 'agent-silent',
  about: 'build1',
  silent: false,
  text: 'agent build1 gives no sign of life since noon',
  agent: 'build1',
  job: null,
};

describe('what people read', () => {
  it.each([
    ['en', 'open', '[acme] server build1 gives no sign of life', 'bad'],
    ['en', 'closed', '[acme] server build1 is back', 'good'],
    ['de', 'open', '[acme] Server build1 gibt kein Lebenszeichen', 'bad'],
    ['de', 'closed', '[acme] Server build1 ist wieder da', 'good'],
  ] as const)('is in %s when it is %s: %s', (language, state, title, mood) => {
    expect(messageOf({ ...rule, language }, { ...notice, state }, 'acme')).toMatchObject({ title, mood });
  });

  it('follows the template of the rule, in which nothing is run and nothing filled in twice', () => {
    const template = '{agent} on {yard}: {text} {url} {constructor} <%= exit() %>';
    const told = messageOf({ ...rule, template, url: 'https://x.example' }, { ...notice, text: 'see {agent}' }, 'acme');

    expect(told.text).toBe('build1 on acme: see {agent} https://x.example {constructor} <%= exit() %>');
  });

  it('has a title of one line, and no sign that would steer a terminal or a mail', () => {
    const told = messageOf(rule, { ...notice, code: 'other-code', text: 'a\r\nb\u001b[2J\u0000c' }, 'ac\r\nBcc: x');

    expect(told.title).toBe('[ac Bcc: x] somebody is needed');
    expect(told.text).toBe('a\nb [2J c');
  });

  it('sums up what an hour has no room for, and is never long', () => {
    const told = summaryOf(
      rule,
      Array.from({ length: 400 }, () => ({ ...notice, text: 'x'.repeat(1000) })),
      'acme',
    );

    expect(told.title).toBe('[acme] 400 more things');
    expect(told.text.length).toBeLessThanOrEqual(3500);
    expect(summaryOf({ ...rule, language: 'de' }, [notice, notice], 'acme').title).toBe('[acme] 2 weitere Dinge');
  });
});
