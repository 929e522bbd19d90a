/** A job that was split, in words: into what, what it is expected to gain, and which chain of projects it cannot be faster than. */
import type { Job } from '@gityard/domain';
import { durationText } from './words.ts';

type Split = NonNullable<Job['split']>;

export function splitFacts({ parent, part, split }: Job): readonly (readonly [string, string])[] {
  return [
    ['part of', parent === null ? '' : `${parent}${part === null ? '' : partText(part)}`],
    ['parts', split === null ? '' : partsText(split)],
    ['speed-up', split === null ? '' : gainText(split)],
    ['longest', split === null ? '' : shortened(split.criticalPath, ' → ')],
    ['failed by', split?.failure ?? ''],
  ];
}

const MOST_NAMES = 8;
const shortened = (names: readonly string[], between: string): string =>
  [...names.slice(0, MOST_NAMES), ...(names.length > MOST_NAMES ? [`${names.length - MOST_NAMES} more`] : [])].join(
    between,
  );

const partText = ({ kind, wave, projects }: NonNullable<Job['part']>): string =>
  kind === 'part' ? `, wave ${wave + 1}: ${shortened(projects, ', ')}` : `, its ${kind}`;

const partsText = ({ kind, children, waves, projects, agents }: Split): string =>
  kind === 'canary'
    ? `${children.length}, one agent first and the others after it`
    : `${children.length} in ${waves} waves, of ${projects} projects, for ${agents} agents`;

/** "8m 20s alone, 1m 40s together: 5 ×". */
function gainText({ aloneSeconds, togetherSeconds }: Split): string {
  if (togetherSeconds <= 0) return '';
  const times = Math.round((10 * aloneSeconds) / togetherSeconds) / 10;
  return `${durationText(aloneSeconds * 1000)} alone, ${durationText(togetherSeconds * 1000)} together: ${times} × expected`;
}
