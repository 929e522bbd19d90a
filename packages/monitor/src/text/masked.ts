/** Findings without what looks like a secret, before anything is made of them: issues are read by more people than yards are. */
import { hashOf } from '@gityard/domain';
import { type Finding, keyOf, partsOfKey } from '../finding.ts';
import type { Action } from '../plan/action.ts';
import { oneLine } from './harmless.ts';

export type Mask = (text: string) => Promise<string>;

export async function maskedFinding(finding: Finding, mask: Mask): Promise<Finding> {
  const { key, title, text, facts, remedies } = finding;
  return {
    ...finding,
    key: await maskedKey(key, mask),
    title: await mask(title),
    text: await mask(text),
    facts: await Promise.all(facts.map(async ([name, value]) => [name, await mask(value)] as const)),
    remedies: await Promise.all(remedies.map(mask)),
  };
}

/** With its check. A file may have a name of many thousand letters, and what is hidden in an issue must stay short. */
const LONGEST_KEY = 300;

/** A key stands in the issue as well. It must stay one: of two secrets that were taken out, the issues are two. */
async function maskedKey(key: string, mask: Mask): Promise<string> {
  const isSafe = (await mask(key)) === key;
  if (isSafe && key.length <= LONGEST_KEY) return key;
  const { check, subject } = partsOfKey(key);
  return keyOf(check, `${isSafe ? oneLine(subject, 200) : ''}#${hashOf(key).toString(16)}`);
}

export const maskedAction = async (action: Action, mask: Mask): Promise<Action> =>
  action.does === 'close' ? { ...action, how: await mask(action.how) } : action;
