/**
 * The page does not run inside another: a frame around it could lead a click or a token elsewhere, and the header that
 * forbids frames cannot be sent by every host. It is imported first, and what it throws keeps all the rest from starting.
 */

if (self.top !== self) {
  const link = document.createElement('a');
  link.href = location.href;
  link.target = '_blank';
  link.rel = 'noopener noreferrer';
  link.textContent = 'Open Gityard in a new tab';
  document.body.replaceChildren(link);
  throw new Error('Gityard does not run inside another page');
}
