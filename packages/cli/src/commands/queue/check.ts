/** Checks files of the inbox before they are committed: what is wrong, and on which line. Needs no yard and no network. */
import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { FILE_LIMIT_BYTES, type FoundSecret, findSecrets } from '@gityard/yard';
import { answer, defineCommand } from '../../command.ts';
import { exitCodeOf } from '../../exit-codes.ts';
import type { LintFinding } from '../../lint-config.ts';
import { flag, optionalArguments } from '../../parameters.ts';
import { checkQueueFile } from '../../queue/check-queue-file.ts';
import { inboxFiles, isTooDeep } from '../../queue/inbox-files.ts';
import { readFileUpTo } from '../../read-up-to.ts';
import { annotation } from '../../text/annotation.ts';
import { findingText, validText } from '../../text/finding-text.ts';

export const command = defineCommand({
  name: 'queue check',
  summary: 'check files of the inbox before they are committed',
  details:
    'Reads them as the inbox does, without a yard: fit for a pre-commit hook. Exits 7 when one would not be taken up; ' +
    'fields that nobody knows are a warning. What a pull request would do to the queue: gityard simulate --diff.',
  example: 'gityard queue check queue/nightly.json queue/release',
  parameters: {
    files: optionalArguments('file', 'files, or folders of them'),
    annotations: flag('print them as GitHub marks them in a pull request'),
  },
  run: async ({ io }, { files, annotations }) => {
    const names = await inboxFiles(files, io.cwd);
    const checked: { file: string; findings: LintFinding[] }[] = [];
    for (const file of names) checked.push({ file, findings: await check(resolve(io.cwd, file), file) });
    const text = annotations ? annotation : findingText;
    const ok = checked.every((it) => it.findings.every(({ level }) => level === 'warning'));
    return answer(
      { ok, files: checked },
      () =>
        checked.flatMap(({ file, findings }) =>
          findings.length === 0 ? [validText(file)] : findings.map((it) => text(file, it)),
        ),
      ok ? 0 : exitCodeOf('INVALID_DATA'),
    );
  },
});

async function check(path: string, name: string): Promise<LintFinding[]> {
  const fault = (text: string): LintFinding[] => [{ level: 'error', line: null, text, hint: null }];
  if (!name.endsWith('.json')) return fault('would not be taken up: the name of an inbox file ends in ".json"');
  if (isTooDeep(path)) return fault('would not be taken up: inbox files lie in queue/ or in a folder of it');
  if ((await lstat(path)).isSymbolicLink()) return fault('would not be taken up: a link is no plain file');
  const bytes = await readFileUpTo(path, { mostBytes: FILE_LIMIT_BYTES, what: name });
  if (!bytes) return fault(`is larger than ${FILE_LIMIT_BYTES} bytes`);
  const secrets = await findSecrets(Buffer.from(bytes).toString(), name);
  return [...checkQueueFile(bytes), ...secrets.map(secretFinding)];
}

const secretFinding = ({ line: at, text }: FoundSecret): LintFinding => ({
  level: 'error',
  line: at,
  text: `looks like a secret: ${text}`,
  hint: 'take it out: what was committed stays in the history',
});
