/** Finds elements through all shadow roots, in the order of the page: rows and fields live inside the elements of pages. */

export function deepAll<E extends HTMLElement>(root: ParentNode, selector: string): E[] {
  const found: E[] = [];
  const walk = (node: ParentNode): void => {
    for (const element of node.querySelectorAll<HTMLElement>('*')) {
      if (element.matches(selector)) found.push(element as E);
      if (element.shadowRoot) walk(element.shadowRoot);
    }
  };
  walk(root);
  return found;
}

/** What has the focus, however deep. */
export function deepFocus(): HTMLElement | null {
  let active = document.activeElement;
  while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
  return active instanceof HTMLElement ? active : null;
}

/** The nearest ancestor that matches, out of shadow roots too. */
export function deepClosest(element: HTMLElement | null, selector: string): HTMLElement | null {
  let at: Node | null = element;
  while (at) {
    if (at instanceof HTMLElement && at.matches(selector)) return at;
    at = at.parentNode instanceof ShadowRoot ? at.parentNode.host : at.parentNode;
  }
  return null;
}
