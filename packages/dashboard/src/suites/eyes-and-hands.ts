/**
 * What machines can tell of how a page is seen and touched. Each function runs in the page, so each stands alone; the walk
 * through all shadow roots is put there first by `visit`.
 */
declare const gityardAll: () => Element[];

/** Goes through everything that is drawn, however deep. */
export const WALK = `globalThis.gityardAll = () => {
  const found = [];
  const walk = (root) => {
    for (const element of root.querySelectorAll('*')) {
      found.push(element);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(document);
  return found;
}`;

/** Marks what is nothing but a colour: a bar, a dot, a piece of a strip. Answers how many there are. */
export function noteShapes(): number {
  const seen = (element: Element): boolean => {
    const { width, height } = element.getBoundingClientRect();
    return width > 1 && height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  };
  const under = (element: Element): string => {
    let at: Element | null = element;
    while (at) {
      const root = at.getRootNode();
      at = at.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
      const color = at ? getComputedStyle(at).backgroundColor : '';
      if (color !== '' && !/^rgba.*, 0\)$|transparent/.test(color)) return color;
    }
    return '';
  };
  const isColour = (color: string): boolean => color !== '' && !/^rgba.*, 0\)$|transparent/.test(color);
  let shapes = 0;
  for (const element of gityardAll()) {
    const isBare = (element.textContent ?? '').trim() === '' && element.children.length === 0 && !element.shadowRoot;
    const isField = /^(INPUT|SELECT|TEXTAREA|BODY|HTML|MAIN)$/.test(element.tagName);
    const parts = ['', '::before', '::after'].filter((part) => {
      const { content, backgroundColor } = getComputedStyle(element, part || null);
      const isThere = part === '' ? isBare && !isField : content !== 'none' && content.replace(/["']/g, '') === '';
      return isThere && isColour(backgroundColor) && backgroundColor !== under(element);
    });
    element.removeAttribute('data-shapes');
    if (parts.length === 0 || !seen(element)) continue;
    element.setAttribute('data-shapes', parts.join());
    shapes += parts.length;
  }
  return shapes;
}

/** Shapes that have no colour left of their own, and no line round them. */
export function lostShapes(): string[] {
  const canvas = getComputedStyle(document.body).backgroundColor;
  return gityardAll()
    .flatMap((element) => (element.getAttribute('data-shapes')?.split(',') ?? []).map((part) => ({ element, part })))
    .filter(({ element, part }) => {
      const { backgroundColor, backgroundImage, borderTopWidth, borderLeftWidth } = getComputedStyle(
        element,
        part || null,
      );
      const hasLine = Number.parseFloat(borderTopWidth) > 0 || Number.parseFloat(borderLeftWidth) > 0;
      return (
        !hasLine && backgroundImage === 'none' && (backgroundColor === canvas || /^rgba.*, 0\)$/.test(backgroundColor))
      );
    })
    .map(({ element, part }) => {
      const root = element.getRootNode();
      return `${root instanceof ShadowRoot ? root.host.tagName : ''} ${element.tagName}.${element.className}${part} is lost`;
    })
    .filter((line, at, all) => all.indexOf(line) === at);
}

export function moving(): string[] {
  return gityardAll()
    .flatMap((element) => element.getAnimations())
    .filter(({ playState }) => playState === 'running')
    .map((it) => `${(it.effect as KeyframeEffect).target?.tagName} moves`);
}

/** Of what can be pressed, what is too small. A link within a sentence may be, and a field is as large as its label. */
export function smallTargets(): string[] {
  const [least, tolerance] = [44, 0.5];
  const tooSmall = ({ width, height }: { width: number; height: number }): boolean =>
    width < least - tolerance || height < least - tolerance;
  const sizeOf = (element: Element): { width: number; height: number } => {
    const box = (element.closest('label') ?? element).getBoundingClientRect();
    const { content, position, width, height } = getComputedStyle(element, '::after');
    if (content === 'none' || position !== 'absolute') return box;
    return {
      width: Math.max(box.width, Number.parseFloat(width)),
      height: Math.max(box.height, Number.parseFloat(height)),
    };
  };
  const isInSentence = (element: Element): boolean => {
    if (!getComputedStyle(element).display.startsWith('inline') || element.tagName !== 'A') return false;
    const around = element.parentElement ?? (element.getRootNode() as ShadowRoot).host;
    return (around?.textContent ?? '').trim().length > (element.textContent ?? '').trim().length;
  };
  return (
    gityardAll()
      .filter((element) => element.matches('a[href], button, select, summary, input, textarea, [role=button]'))
      .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.matches('.skip'))
      // Nothing to touch: it is there for those who hear the page.
      .filter((element) => element.getBoundingClientRect().width > 1)
      // A number before each line of a log; the bar below takes lines as well.
      .filter((element) => !(element.getRootNode() as ShadowRoot).host?.matches('log-paper'))
      .filter((element) => !isInSentence(element) && tooSmall(sizeOf(element)))
      .map((element) => {
        const { width, height } = sizeOf(element);
        const root = element.getRootNode();
        const host = root instanceof ShadowRoot ? root.host.tagName.toLowerCase() : '';
        const words = (element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 30);
        return `${host} ${element.tagName} “${words}” is ${Math.round(width)} by ${Math.round(height)}`;
      })
      .filter((line, at, all) => all.indexOf(line) === at)
  );
}
