/** The name of a remote's copy: one that people recognise, and that no two remotes share. */
import { createHash } from 'node:crypto';

const LONGEST = 40;

export function copyName(remote: string): string {
  const last =
    remote
      .replace(/(\.git)?\/*$/, '')
      .split(/[/:\\]/)
      .at(-1) ?? '';
  const slug = last
    .replace(/[^A-Za-z0-9_-]+/g, '-')
    .replace(/^-+/, '')
    .slice(0, LONGEST);
  const digest = createHash('sha256').update(remote).digest('hex').slice(0, 12);
  return `${slug || 'yard'}-${digest}.git`;
}
