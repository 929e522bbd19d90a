/** A button on each block of code. Of a block that shows what a program printed, the commands alone are copied. */

export function addCopyButtons(): void {
  if (!navigator.clipboard) return;
  for (const figure of document.querySelectorAll('figure.code')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = 'Copy';
    button.addEventListener('click', () => void copy(figure, button));
    figure.append(button);
  }
}

async function copy(figure: Element, button: HTMLButtonElement): Promise<void> {
  const done = await navigator.clipboard.writeText(textOf(figure)).then(
    () => 'Copied',
    () => 'Not allowed',
  );
  button.textContent = done;
  setTimeout(() => {
    button.textContent = 'Copy';
  }, 2000);
}

function textOf(figure: Element): string {
  const commands = [...figure.querySelectorAll('.command')].map((it) => it.textContent ?? '');
  return commands.length > 0 ? commands.join('\n') : (figure.querySelector('code')?.textContent ?? '');
}
