/** What every answer tells the browser about trust. The page itself repeats the policy in a meta tag for hosts that send no headers. */

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  // Lit styles are constructed sheets, which need no 'unsafe-inline'; a style attribute would.
  "style-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "img-src 'self' data:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  // The second one lets the page start its own worker, and nothing else.
  'trusted-types lit-html gityard-url',
].join('; ');

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy': POLICY,
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
