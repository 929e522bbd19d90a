/** What people read: the words of two languages, and the template of a rule. A template is a text with names in it, never code. */
import { type Notice, type Notification, recoveryOf } from '@gityard/domain';
import { type ChannelMessage, plainLine, plainText } from './channel.ts';

type Language = Notification['language'];

const TITLES: Readonly<Record<Language, Readonly<Record<string, (about: string) => string>>>> = {
  en: {
    'job-failed': (it) => `${it} is broken`,
    'job-fixed': (it) => `${it} is mended`,
    'job-ended': () => 'a job ended',
    'agent-silent': (it) => `server ${it} gives no sign of life`,
    'agent-back': (it) => `server ${it} is back`,
    resolved: () => 'no longer so',
    other: () => 'somebody is needed',
  },
  de: {
    'job-failed': (it) => `${it} ist kaputt`,
    'job-fixed': (it) => `${it} ist wieder in Ordnung`,
    'job-ended': () => 'ein Auftrag ist zu Ende',
    'agent-silent': (it) => `Server ${it} gibt kein Lebenszeichen`,
    'agent-back': (it) => `Server ${it} ist wieder da`,
    resolved: () => 'nicht mehr so',
    other: () => 'jemand wird gebraucht',
  },
};
const MORE: Readonly<Record<Language, (count: number) => string>> = {
  en: (count) => `${count} more things`,
  de: (count) => `${count} weitere Dinge`,
};
const [TITLE_LENGTH, TEXT_LENGTH, MOST_LINES] = [200, 3500, 30];

export function messageOf(rule: Notification, notice: Notice, yard: string): ChannelMessage {
  const { job, agent } = notice;
  const code = codeOf(notice);
  const title = titleOf(rule, notice);
  const facts = { yard, code, agent, job: job?.id ?? null, branch: job?.branch ?? null };
  const text =
    rule.template === null ? notice.text : filled(rule.template, { ...facts, text: notice.text, url: rule.url });
  return {
    title: plainLine(`[${yard}] ${title}`, TITLE_LENGTH),
    text: plainText(text, TEXT_LENGTH),
    url: rule.url,
    mood: notice.state === 'closed' ? 'good' : notice.job?.status === 'succeeded' ? 'good' : 'bad',
    facts,
  };
}

/** What an hour has no more room for, in one message. */
export function summaryOf(rule: Notification, notices: readonly Notice[], yard: string): ChannelMessage {
  const lines = notices.slice(0, MOST_LINES).map((it) => `- ${titleOf(rule, it)}: ${plainLine(it.text, 200)}`);
  const left = notices.length - lines.length;
  return {
    title: plainLine(`[${yard}] ${MORE[rule.language](notices.length)}`, TITLE_LENGTH),
    text: plainText([...lines, ...(left > 0 ? [`- … ${MORE[rule.language](left)}`] : [])].join('\n'), TEXT_LENGTH),
    url: rule.url,
    mood: 'bad',
    facts: { yard, code: 'summary', agent: null, job: null, branch: null },
  };
}

const codeOf = ({ code, state }: Notice): string => (state === 'closed' ? recoveryOf(code) : code);

function titleOf({ language }: Notification, notice: Notice): string {
  const words = TITLES[language];
  return plainLine((words[codeOf(notice)] ?? words.other)?.(notice.about) ?? '', TITLE_LENGTH);
}

/** In one go: what stands in a branch's name is no placeholder. */
const filled = (template: string, values: Readonly<Record<string, string | null>>): string =>
  template.replace(/\{(yard|code|agent|job|branch|text|url)\}/g, (_, name: string) => values[name] ?? '');
