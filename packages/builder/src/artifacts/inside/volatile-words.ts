/** Words in a file that a build takes from its surroundings: dates, ids, paths. What is left without them is what was built. */
import type { HintCode } from '@gityard/domain';

const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}';

/** Without nested repetition, so that no file makes one of them slow. */
const WORDS: readonly (readonly [HintCode, string, RegExp])[] = [
  ['line-endings', 'line endings', /\r\n/g],
  ['embedded-guid', 'ids', /\b[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}\b/g],
  [
    'embedded-date',
    'dates',
    new RegExp(
      [
        '\\b\\d{4}-\\d\\d-\\d\\d(?:[T ]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d{1,9})?)?(?:Z|[+-]\\d\\d:?\\d\\d)?)?',
        '\\b\\d{8}T\\d{6}Z?',
        `\\b${MONTH}\\.? {1,2}\\d{1,2},? (?:\\d\\d:\\d\\d:\\d\\d (?:[A-Z]{3,4} )?)?\\d{4}\\b`,
        `\\b\\d{1,2} ${MONTH} \\d{4}\\b`,
        '\\b\\d\\d:\\d\\d:\\d\\d\\b',
        '\\b1[5-9]\\d{8}(?:\\d{3}){0,3}\\b',
      ].join('|'),
      'g',
    ),
  ],
  [
    'embedded-path',
    'paths',
    /(?:\/(?:home|tmp|var|build|builds|work|Users|root|opt|mnt|srv|private|runner)\/|\b[A-Za-z]:\\)[\w.+@%~\\/-]{1,300}/g,
  ],
];

interface Volatile {
  readonly code: HintCode;
  readonly what: string;
}

export interface VolatileWords {
  /** Which sorts of words are not the same on both sides. */
  readonly differing: readonly Volatile[];
  /** Without them the two are the same. */
  readonly nothingElse: boolean;
}

export function volatileWords(left: Buffer, right: Buffer): VolatileWords {
  let [one, other] = [left.toString('latin1'), right.toString('latin1')];
  const differing: Volatile[] = [];
  for (const [code, what, pattern] of WORDS) {
    const [ours, theirs] = [wordsIn(one, pattern), wordsIn(other, pattern)];
    if (ours !== theirs) differing.push({ code, what });
    const blank = code === 'line-endings' ? '\n' : '\u0000';
    [one, other] = [one.replace(pattern, blank), other.replace(pattern, blank)];
  }
  return { differing, nothingElse: one === other };
}

const wordsIn = (text: string, pattern: RegExp): string => (text.match(pattern) ?? []).join('\n');
