/**
 * What is left of the address of a repository when nothing in it is a matter of taste: people write the same one in many ways, and
 * a rule that speaks of it must mean all of them. Also for patterns of addresses. Nothing can be fetched by it.
 */

/** `https://git.example/acme/app`, `git@git.example:acme/app.git` and `ssh://git@git.example:22/acme//app/` are `git.example/acme/app`. */
export const plainAddress = (address: string): string =>
  decoded(address)
    .replace(/^([a-z*][a-z0-9+.*-]*:\/\/)?([^/@]*@)?/i, '')
    // What follows the host is a port, or the path as `scp` has it.
    .replace(/^([^/:]+):((22|80|443)(?=\/|$))?/, '$1/')
    .replace(/\/+/g, '/')
    .replace(/\/?(\.git)?\/?$/i, '');

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    // No URL; then a percent sign is a percent sign.
    return address;
  }
}
