/**
 * Runs in the browser: the picture that stands there as text that needs no style sheet of its own, because the page's policy
 * takes none. What a rule said stands on each shape, and each colour is the name of one.
 */
export function inColoursOfThePage(colours: Readonly<Record<string, string>>): string {
  const svg = document.querySelector('svg');
  if (!svg) throw new Error('nothing was drawn');
  const parts = (text: string): number[] => (text.match(/[\d.]+/g) ?? []).map(Number);
  const names = Object.entries(colours).map(([name, hex]) => [name, Number.parseInt(hex.slice(1, 3), 16)] as const);

  /** Mermaid makes some of its colours lighter or darker: the nearest in brightness is meant. */
  const nameOf = (colour: string): string => {
    const [red = 0, green = 0, blue = 0, alpha = 1] = parts(colour);
    if (colour === 'none' || alpha === 0) return 'none';
    const exact = names.find(([, grey]) => grey === red && grey === green && grey === blue);
    return exact?.[0] ?? (red + green + blue < 384 ? 'fg' : 'card');
  };

  const KEPT = ['font-size', 'font-weight', 'text-anchor', 'dominant-baseline', 'stroke-dasharray'] as const;
  const SHAPES = 'path,rect,circle,ellipse,polygon,polyline,line,text,tspan';
  for (const element of svg.querySelectorAll<SVGElement>(SHAPES)) {
    const style = getComputedStyle(element);
    const isText = /^t/.test(element.localName);
    const classes = [`p-${nameOf(style.fill)}`];
    if (!isText) {
      const stroke = style.strokeWidth === '0px' ? 'none' : nameOf(style.stroke);
      classes.push(`s-${stroke}`);
      if (stroke !== 'none') element.setAttribute('stroke-width', style.strokeWidth.replace('px', ''));
    }
    for (const name of KEPT) {
      const value = style.getPropertyValue(name).replace(/px/g, '');
      const says = !/^(none|auto|400|normal|start)$/.test(value) && (isText || name === 'stroke-dasharray');
      if (says) element.setAttribute(name, value);
    }
    element.dataset.colours = classes.join(' ');
  }
  for (const element of [svg, ...svg.querySelectorAll<SVGElement>('*')]) {
    const { colours: found } = element.dataset;
    for (const { name } of [...element.attributes])
      if (/^(?:class|style|data-|aria-|role|fill$|stroke$|font-family|color)/.test(name)) element.removeAttribute(name);
    if (found) element.setAttribute('class', found);
  }
  for (const element of svg.querySelectorAll('style,title,desc,filter,script,foreignObject')) element.remove();
  const [, , width = 0, height = 0] = parts(svg.getAttribute('viewBox') ?? '').slice(-4);
  svg.setAttribute('width', String(Math.ceil(width)));
  svg.setAttribute('height', String(Math.ceil(height)));
  svg.setAttribute('aria-hidden', 'true');
  return svg.outerHTML.replace(/(\d+\.\d\d)\d+/g, '$1');
}
