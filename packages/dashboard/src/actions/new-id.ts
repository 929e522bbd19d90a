/** A ULID in lower case, like every other id of a yard: ten letters of time (`now`: milliseconds since 1970), sixteen of chance. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

export function newId(now: number): string {
  let [time, rest] = ['', now];
  for (let n = 0; n < 10; n++) {
    time = ALPHABET.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  return time + Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => ALPHABET.charAt(byte % 32)).join('');
}
