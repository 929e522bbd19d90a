/** What `init` tells when it is done: what was made, what is left for people to do, and the commands to go on with. */

import { shellWord } from '@gityard/domain';
import type { Refs } from '@gityard/yard';
import { type Answer, answer } from '../command.ts';
import type { PageSource } from '../pages/page-source.ts';
import { withoutSecrets } from '../start/address.ts';
import { dim, good, type Line, line } from '../text/lines.ts';
import { placedLines } from '../workflows/placed-lines.ts';
import type { PreparedRepository } from '../yard/prepare-repository.ts';
import type { Initialized } from './carry-out.ts';
import { firstAgentLines } from './first-agent.ts';
import type { InitWish } from './wish.ts';

interface Report {
  readonly wish: InitWish;
  readonly place: PreparedRepository;
  readonly page: PageSource | undefined;
  readonly refs: Refs;
  /** No command needs --yard here. */
  readonly isFound: boolean;
  readonly done: Initialized;
}

export function initReport({ wish, place, page, refs, isFound, done }: Report): Answer {
  const yard = withoutSecrets(place.address);
  const { pages, workflows, agent } = done;
  const next = nextSteps(isFound ? '' : ` --yard ${shellWord(yard)}`, typeof agent?.builds === 'string');
  const steps = wish.github === undefined || !pages ? [] : hostSteps(wish.github, wish.docs ?? 'docs');
  const value = {
    yard,
    created: done.refs.some((it) => it.created),
    repositoryMade: place.made,
    refs: done.refs,
    ...(pages && { pages }),
    ...(workflows && { workflows }),
    ...(agent && { agent }),
    ...(steps.length > 0 && { steps }),
    next,
  };
  return answer(value, () => [
    ...(place.made ? [[`made the bare repository ${yard}`]] : []),
    ...done.refs.map((it) => line(it.created ? good('made ') : dim('kept '), it.ref)),
    ...(page && pages ? [line(good('wrote '), pages, dim(`, which reads ${page.word}`))] : []),
    ...(workflows ? placedLines(workflows, refs) : []),
    ...(agent ? firstAgentLines(agent) : []),
    ...stepLines(steps),
    [],
    [`${yard} is a yard. Next:`],
    ...next.map((it) =>
      line(`  ${it}`, ...(it.startsWith('gityard serve') ? [dim('  # its page, and the guide')] : [])),
    ),
  ]);
}

/** An agent that may build the repository one stands in needs no command to show that it works. */
const nextSteps = (where: string, builds: boolean): string[] => [
  `gityard agent run${where}`,
  `gityard job add${where}${builds ? '' : ' -- echo hello'}`,
  `gityard status${where}`,
  `gityard serve${where}`,
];

/** The page is served, and the workflows find the program, when people have done this once. */
function hostSteps(github: string, docs: string): string[] {
  const repository = github.replace(/^https:\/\/[^/]+\//, '');
  return [
    `git add ${shellWord(docs)} .github && git commit -m "the page and the workflows of the yard" && git push`,
    `gh api --method POST repos/${repository}/pages -f build_type=workflow`,
  ];
}

const stepLines = (steps: readonly string[]): Line[] =>
  steps.length === 0
    ? []
    : [
        [],
        ['What is left for you, once (the second is Settings → Pages → Source: GitHub Actions):'],
        ...steps.map((it) => [`  ${it}`]),
      ];
