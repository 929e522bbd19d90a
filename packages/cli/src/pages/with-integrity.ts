/** The service worker of the page takes only files whose digests it knows, and all of them or none: a page that was changed is another. */
import assert from 'node:assert';
import { createHash } from 'node:crypto';

/** The same service worker, which knows `page` by what became of it. */
export function withIntegrity(serviceWorker: string, { page, became }: { page: string; became: string }): string {
  const before = integrityOf(page);
  assert(serviceWorker.includes(before), 'the service worker knows the page that was built with it');
  return serviceWorker.replaceAll(before, integrityOf(became));
}

const integrityOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;
