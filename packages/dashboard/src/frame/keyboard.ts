/** Listens to the keys of the whole page. Never in a field, never over an open dialog, never when they are switched off. */
import { isTyping, type KeyHandlers, meaningOf } from './keys.ts';
import { keysAreOn } from './preferences.ts';

/** How long a `g` waits for its letter. */
const GO_WAIT_MS = 1_500;

export function listenToKeys(handlers: KeyHandlers): () => void {
  let goUntil = 0;
  const onKey = (event: KeyboardEvent): void => {
    const meaning = meaningOf(event);
    if (event.defaultPrevented || event.isComposing || handlers.isCovered()) return;
    if (meaning !== 'palette' && !mayHandle(event)) return;
    const isGoing = event.timeStamp < goUntil;
    goUntil = 0;
    const hasGone = isGoing && meaning !== 'palette' && handlers.goes(event.key);
    if (meaning === undefined && !hasGone) return;
    event.preventDefault();
    if (meaning === undefined || hasGone) return;
    if (meaning === 'go') goUntil = event.timeStamp + GO_WAIT_MS;
    else handlers.does(meaning);
  };
  addEventListener('keydown', onKey);
  return () => removeEventListener('keydown', onKey);
}

function mayHandle(event: KeyboardEvent): boolean {
  if (isTyping(event)) return false;
  return event.key === 'Escape' || (keysAreOn() && !event.ctrlKey && !event.metaKey && !event.altKey);
}
