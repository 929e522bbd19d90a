/** A file of the yard that is not what it should be: out of force, put back, or refused at the inbox. */
import { type FileProblem, fileProblems } from '@gityard/domain';
import { aFinding, type Check, type Finding, HEALTH_LABELS, keyOf } from '../finding.ts';

const NAME = 'bad-file';

export const badFile: Check = {
  name: NAME,
  find: ({ state }) =>
    fileProblems(state).map((it) => finding(it, state.queue.has(it.path) ? 'refused' : standing(it))),
  howItEnded: (_, path) => `${path} is in force again, or gone`,
};

type Standing = 'refused' | 'restored' | 'broken';
const standing = ({ restored }: FileProblem): Standing => (restored ? 'restored' : 'broken');
const TITLES: Readonly<Record<Standing, string>> = {
  refused: 'is not taken up',
  restored: 'was broken and put back',
  broken: 'is not in force',
};
const REMEDIES: Readonly<Record<Standing, readonly string[]>> = {
  refused: ['gityard queue check'],
  restored: ['gityard quarantine list', 'gityard quarantine clear'],
  broken: ['gityard quarantine list', 'gityard config lint'],
};

const finding = ({ path, line, reason, author, seenAt, blob }: FileProblem, how: Standing): Finding =>
  aFinding({
    key: keyOf(NAME, path),
    says: how,
    title: `${path} ${TITLES[how]}`,
    text: `${path}${line === null ? '' : `:${line}`} ${reason}`,
    severity: path === 'yard.json' ? 'high' : 'normal',
    facts: [
      ...(author === null ? [] : [['author', author] as const]),
      ...(seenAt === null ? [] : [['since', seenAt] as const]),
      ['object', blob],
    ],
    remedies: REMEDIES[how],
    labels: HEALTH_LABELS,
  });
