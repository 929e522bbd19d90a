/** On a narrow screen the menu begins folded: the text comes first. */

export function foldMenu(): void {
  const fold = document.querySelector<HTMLDetailsElement>('.fold');
  const narrow = matchMedia('(max-width: 820px)');
  const fit = () => {
    if (fold) fold.open = !narrow.matches;
  };
  fit();
  narrow.addEventListener('change', fit);
}
