/** Findings without what looks like a secret, before anything is made of them: issues are read by more people than yards are. */
import { type Finding, keyOf, partsOfKey } from '../finding.ts';
import type { Action } from '../plan/action.ts';

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

/** A key stands in the issue as well. It must stay one: of two secrets that were taken out, the issues are two. */
async function maskedKey(key: string, mask: Mask): Promise<string> {
  if ((await mask(key)) === key) return key;
  let hash = 0x811c9dc5;
  for (const char of key) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  return keyOf(partsOfKey(key).check, `#${(hash >>> 0).toString(16)}`);
}

export const maskedAction = async (action: Action, mask: Mask): Promise<Action> =>
  action.does === 'close' ? { ...action, how: await mask(action.how) } : action;
