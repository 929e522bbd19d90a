/** A block of code as HTML: commands stand out, what a program prints and what a comment says steps back. More is not coloured. */
import { escapeHtml } from './escape.ts';
import type { Fence } from './fence.ts';

const SHELL = new Set(['sh', 'bash', 'powershell', 'console']);

export function codeBlock(text: string, fence: Fence): string {
  const lines = text.replace(/\n$/, '').split('\n');
  const drawn =
    fence.language === 'console' ? consoleLines(lines) : lines.map((line) => codeLine(line, fence.language));
  const caption = captionOf(fence);
  const head = caption ? `<figcaption>${escapeHtml(caption)}</figcaption>` : '';
  const kind = SHELL.has(fence.language) ? 'shell' : 'text';
  return `<figure class="code ${kind}">${head}<pre tabindex="0"><code>${drawn.join('\n')}</code></pre></figure>\n`;
}

function captionOf({ elsewhere, exit, file }: Fence): string {
  if (file) return file;
  if (elsewhere) return elsewhere;
  return exit === 0 ? '' : `ends with exit code ${exit}`;
}

/** A command goes on over lines that end with a backslash; all else is what it printed. */
function consoleLines(lines: readonly string[]): string[] {
  let goesOn = false;
  return lines.map((line) => {
    const isCommand = goesOn || line.startsWith('$ ');
    const command = goesOn ? line : line.slice(2);
    const prompt = isCommand && !goesOn ? '<span class="prompt">$ </span>' : '';
    goesOn = isCommand && line.endsWith('\\');
    return isCommand
      ? `${prompt}<span class="command">${escapeHtml(command)}</span>`
      : `<span class="printed">${escapeHtml(line)}</span>`;
  });
}

const COMMENT: Readonly<Record<string, RegExp>> = {
  sh: /(?:^|\s)#.*$/,
  bash: /(?:^|\s)#.*$/,
  powershell: /(?:^|\s)#.*$/,
  yaml: /(?:^|\s)#.*$/,
  ini: /^\s*[#;].*$/,
};

function codeLine(line: string, language: string): string {
  const at = COMMENT[language]?.exec(line);
  if (!at || isQuoted(line.slice(0, at.index))) return escapeHtml(line);
  const [code, comment] = [line.slice(0, at.index), line.slice(at.index)];
  return `${escapeHtml(code)}<span class="comment">${escapeHtml(comment)}</span>`;
}

/** An open quote before a `#` makes it a sign like others. */
const isQuoted = (before: string): boolean => [`'`, '"'].some((sign) => before.split(sign).length % 2 === 0);
