/** Runs in the page, so it stands alone: what text must never become, and text that is not what it looks like. */
export function intruders(): string[] {
  const found: string[] = [];
  const lookAt = (element: Element): void => {
    if (/^(img|iframe|object|embed|base|audio|video|marquee)$/i.test(element.tagName)) found.push(element.tagName);
    if (element.tagName === 'SCRIPT' && !element.hasAttribute('src')) found.push('SCRIPT');
    for (const { name, value } of element.attributes) {
      if (name.startsWith('on')) found.push(`${element.tagName} ${name}`);
      if (/^(href|src|action|formaction)$/.test(name) && /^\s*(javascript|data:text|vbscript)/i.test(value))
        found.push(value);
      if (/[\u202A-\u202E\u2066-\u2069\u200B]/.test(value)) found.push(`${element.tagName} ${name} hides something`);
    }
  };
  const look = (root: ParentNode): void => {
    for (const element of root.querySelectorAll('*')) {
      lookAt(element);
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE && /[\u202A-\u202E\u2066-\u2069\u200B]/.test(node.textContent ?? ''))
          found.push(`${element.tagName}: ${node.textContent?.slice(0, 60)}`);
      if (element.shadowRoot) look(element.shadowRoot);
    }
  };
  look(document);
  return found;
}
