import { describe, expect, it } from 'vitest';
import { saysNetworkTrouble } from './network-trouble.ts';

describe('network-trouble', () => {
  it.each([
    'npm error code ENOTFOUND',
    'error NU1301: Unable to load the service index for source',
    'getaddrinfo EAI_AGAIN registry',
  ])('sees it in a Restore that said %j', (text) => {
    expect(saysNetworkTrouble('Restore', text)).toBe(true);
  });

  it('does not excuse a test that could not connect to what it tests', () => {
    expect(saysNetworkTrouble('Test', 'connect ECONNREFUSED 127.0.0.1:80')).toBe(false);
  });

  it('knows that Maven resolves in every stage', () => {
    const text =
      '[ERROR] Could not transfer artifact a:b:pom:1 from/to central (https://host/maven2): transfer failed: Unknown host host';

    expect(saysNetworkTrouble('Build', text)).toBe(true);
  });
});
