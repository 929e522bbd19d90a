/** `THIRD-PARTY-LICENSES`: whose work is inside, and on which terms; each text once, under the packages that bear it. */
import { type Inside, keyOf } from './inside.ts';

const HEAD = `Gityard brings the work of others along. These packages are inside it, in its program, its page or its documentation of the
API. Some of them hold work of further authors, whom their own texts name.
`;
const RULE = '-'.repeat(80);

export function licencesText(packages: readonly Inside[]): string {
  const byText = new Map<string, Inside[]>();
  for (const it of packages) {
    const text = it.texts.join(`\n\n`) || `Licence, as its authors name it: ${it.licence}`;
    byText.set(text, [...(byText.get(text) ?? []), it]);
  }
  const parts = [...byText].map(([text, those]) => {
    const names = those.map((it) => `${keyOf(it)} (${it.licence})`);
    return `${RULE}\n${names.join('\n')}\n${RULE}\n\n${text}\n`;
  });
  return [HEAD, ...parts].join('\n');
}
