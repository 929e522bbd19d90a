/**
 * What is left of the address of a repository when nothing in it is a matter of taste: people write the same one in many ways, and
 * a rule that speaks of it must mean all of them. Also for patterns of addresses. Nothing can be fetched by it.
 */

/** `https://git.example/acme/app`, `git@git.example:acme/app.git` and `ssh://git@git.example:22/acme//app/` are `git.example/acme/app`. */
export function plainAddress(address: string): string {
  const [, scheme, rest = ''] = /^([a-z*][a-z0-9+.*-]*:\/\/)?(?:[^/@]*@)?(.*)$/is.exec(decoded(address)) ?? [];
  const place =
    scheme === undefined ? rest.replace(/^([^/:]+):/, '$1/') : rest.replace(/^([^/:]+):(?:22|80|443)?(?=\/|$)/, '$1');
  return place
    .replace(/\/{2,}/g, '/')
    .replace(/\/$/, '')
    .replace(/\/?\.git$/i, '');
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    // No URL; then a percent sign is a percent sign.
    return address;
  }
}
