/** What a rollback tag is called, and what it says: all that somebody needs who has the repository and not the yard. */
import type { RollbackPoint, Time } from '@gityard/domain';
import type { TagFields } from '@gityard/store';

export const ROLLBACK_TAGS = 'build-success-';

/** @param laterSeconds for builds that ended together */
export function tagNameOf(branch: string, builtAt: Time, laterSeconds = 0): string {
  const at = new Date(Date.parse(builtAt) + laterSeconds * 1000).toISOString();
  return `${ROLLBACK_TAGS}${inRef(branch)}-${at.replace(/\.\d+/, '').replace(/[-:]/g, '')}`;
}

/** A tag has no folders here, so that branches and what lies below them can both have tags. */
const inRef = (branch: string): string =>
  branch
    .replace(/[^A-Za-z0-9._-]+/g, '-')
    .replace(/\.{2,}/g, '.')
    .slice(0, 150);

type Said = Omit<RollbackPoint, 'recordedAt' | 'tagObject'>;

/** Of the same build at the same target it is the same tag, whoever makes it again. */
export function tagFieldsOf({ branch, point }: { branch: string; point: Said }): TagFields {
  const { tag, target: object, by, builtAt } = point;
  const tagger = { name: by, email: `${by}@gityard.invalid`, atSeconds: Math.floor(Date.parse(builtAt) / 1000) };
  return { object, tag, tagger, message: messageOf(branch, point) };
}

function messageOf(branch: string, point: Said): string {
  const { job, repository, commit, agent, manifestSha256, targetIs, builtAt } = point;
  return [
    `good build of ${branch}: job ${job}`,
    '',
    targetIs === 'built-commit'
      ? 'This is the commit that was built.'
      : 'This is the commit of the yard that holds the result.',
    '',
    `Job: ${job}`,
    `Branch: ${branch}`,
    ...(repository === null ? [] : [`Repository: ${repository}`]),
    ...(commit === null ? [] : [`Commit: ${commit}`]),
    ...(agent === null ? [] : [`Agent: ${agent}`]),
    `Built: ${builtAt}`,
    `Manifest: sha256:${manifestSha256}`,
  ].join('\n');
}
