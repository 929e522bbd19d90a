/**
 * The only way to a link whose address came with the data. Lit leaves `javascript:` in an href as it is, so what is not
 * plainly a web page becomes null, and the caller draws text instead.
 */
export function safeUrl(address: string | null | undefined): string | null {
  if (address === null || address === undefined) return null;
  // Relative addresses and those of other schemes would mean something of this page or of this machine.
  if (!/^https?:\/\//i.test(address)) return null;
  try {
    const url = new URL(address);
    // Names and passwords in an address serve only to deceive.
    return url.username === '' && url.password === '' ? url.href : null;
  } catch {
    return null;
  }
}
