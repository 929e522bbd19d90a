/** What people read: the title and body of an issue, and the comments in which it goes on and ends. */
import type { Time, YardConfig } from '@gityard/domain';
import type { Finding } from '../finding.ts';
import { fenced, inlineCode, oneLine } from '../text/harmless.ts';
import { type Memory, markerOf } from './marker.ts';

/** GitHub takes 65,536 characters. */
const LONGEST_BODY = 60_000;
const LONGEST_TITLE = 200;
const MOST_FACTS = 30;

type Settings = Pick<YardConfig, 'name' | 'monitor'>;

export const titleOf = ({ title }: Finding, yard: Settings): string =>
  oneLine(`[${yard.name}] ${title}`, LONGEST_TITLE).replace(/[`<>]/g, "'");

export function bodyOf(finding: Finding, memory: Memory, yard: Settings): string {
  const { facts, remedies, text, since } = finding;
  const rows = [...(since === null ? [] : [['since', since] as const]), ...facts].slice(0, MOST_FACTS);
  const parts = [
    markerOf(memory),
    fenced(text),
    rows.map(([name, value]) => `- ${oneLine(name, 50)}: ${inlineCode(value)}`).join('\n'),
    remedies.length === 0 ? '' : `What helps:\n\n${fenced(remedies.join('\n'), { language: 'sh' })}`,
    calls(finding, yard),
    yard.monitor.url === null ? '' : `[The page of the yard](${yard.monitor.url})`,
    `---\n*By the health monitor of the yard ${inlineCode(yard.name)}, which closes this when it is over. Close it yourself, and you hear no more of it until it comes back.*`,
  ];
  return parts
    .filter((it) => it !== '')
    .join('\n\n')
    .slice(0, LONGEST_BODY);
}

const calls = ({ severity }: Finding, { monitor: { mentions } }: Settings): string =>
  severity === 'high' ? mentions.map((it) => `@${it}`).join(' ') : '';

export const changeWords = ({ text }: Finding): string => `This has changed:\n\n${fenced(text)}`;
export const backWords = ({ text }: Finding, count: number): string =>
  `It is back${count > 2 ? `, for the ${count}. time within a day; this closes when it was well for longer` : ''}:\n\n${fenced(text)}`;
export const overWords = (how: string, now: Time): string => `Over, as seen at ${now}:\n\n${fenced(how)}`;
export const duplicateWords = (of: number): string => `The same thing is told in #${of}.`;
