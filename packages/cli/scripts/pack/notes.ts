/** What is told of a release: its section of the changelog, which has to be there before anything is released. */

export interface NotesOf {
  readonly tag: string;
  /** As the program says it of itself. */
  readonly version: string;
  readonly changelog: string;
}

export function notesOf({ tag, version, changelog }: NotesOf): string {
  if (tag !== `v${version}`)
    throw new Error(
      `the tag ${tag} is not of the version ${version}; change packages/cli/package.json, or tag v${version}`,
    );
  const section = changelog.split(/^## (?=\[)/m).find((it) => it.startsWith(`[${version}]`)) ?? '';
  const text = section.slice(section.indexOf('\n') + 1);
  const notes = text.replace(/^\[[^\]]+\]: .*$/gm, '').trim();
  if (notes === '')
    throw new Error(`packages/cli/CHANGELOG.md says nothing of ${version}; give it a section ## [${version}]`);
  return `${notes}\n`;
}
