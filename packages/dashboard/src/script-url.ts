/** The only policy of ours for addresses of scripts: it lets through files of this page's own folder, and nothing else. */

interface Policy {
  createScriptURL(url: string): string;
}
interface Policies {
  createPolicy(name: string, rules: Policy): Policy;
}

const own = (url: string): string => {
  const resolved = new URL(url, location.href);
  if (resolved.origin === location.origin && /\.[cm]?js$/.test(resolved.pathname)) return resolved.href;
  throw new TypeError(`${resolved.origin} may not give scripts to this page`);
};

/** Browsers without Trusted Types take the string itself. */
const policies = (globalThis as { trustedTypes?: Policies }).trustedTypes;
const policy = policies?.createPolicy('gityard-url', { createScriptURL: own }) ?? { createScriptURL: own };

export const scriptUrl = (url: string): string => policy.createScriptURL(url);
