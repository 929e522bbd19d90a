/**
 * The blocks of a page as one script of the shell: what one sets, the next knows. Each step says that it begins, and prints into
 * a file of its own.
 */
import type { Block } from './blocks.ts';
import { commandsShown } from './console.ts';

interface Step {
  /** Of the page. */
  readonly line: number;
  /** What it must print; undefined: whatever. */
  readonly prints: readonly string[] | undefined;
}

export interface Story {
  readonly script: string;
  readonly steps: readonly Step[];
}

const BEGIN = `set -euo pipefail
pids=""
end() {
  code=$?
  trap - EXIT
  for pid in $pids; do kill "$pid" 2>/dev/null || true; done
  wait
  exit "$code"
}
trap end EXIT
`;

/** The folder of what each step prints is \`STORY\` of its environment. */
export function storyScript(blocks: readonly Block[]): Story {
  const parts: string[] = [BEGIN];
  const steps: Step[] = [];
  const begin = (step: Step) => {
    steps.push(step);
    return `exec >"$STORY/${steps.length - 1}" 2>&1`;
  };
  for (const block of blocks) {
    if (block.kind === 'elsewhere') continue;
    if (block.kind === 'console') parts.push(...consoleParts(block, begin));
    else parts.push(begin({ line: block.line, prints: undefined }), ...partsOf(block));
  }
  return { script: `${parts.join('\n')}\n`, steps };
}

function partsOf({ kind, text, fence }: Block): string[] {
  if (kind === 'file') return fileParts(fence.file ?? '', text);
  return kind === 'setup' || fence.exit === 0 ? [text] : endsWith(text, fence.exit);
}

function fileParts(path: string, text: string): string[] {
  if (/^\/|\.\.|["$`\\]/.test(path))
    throw new Error(`a block is the file ${path}, which is not in the folder of its story`);
  return [`mkdir -p "$(dirname "${path}")"`, `cat >"${path}" <<'END_OF_THE_FILE'`, text, 'END_OF_THE_FILE'];
}

function consoleParts({ line, text, fence }: Block, begin: (step: Step) => string): string[] {
  const shown = commandsShown(text);
  return shown.flatMap(({ line: at, command, prints }, index) => {
    const isLast = index === shown.length - 1;
    const parts = isLast && fence.exit !== 0 ? endsWith(command, fence.exit) : [command];
    return [begin({ line: line + at, prints }), ...parts];
  });
}

/** The last command alone may fail, and must. */
function endsWith(text: string, exit: number): string[] {
  const lines = text.trimEnd().split('\n');
  const from = lines.findLastIndex((_, at) => at === 0 || !lines[at - 1]?.endsWith('\\'));
  const command = lines.slice(from).join('\n');
  return [
    ...lines.slice(0, from),
    'ended=0',
    `${command} || ended=$?`,
    `[ "$ended" = ${exit} ] || { echo "ended with $ended, and not with ${exit}"; exit 1; }`,
  ];
}
