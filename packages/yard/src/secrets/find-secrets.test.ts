import { describe, expect, it } from 'vitest';
import { findSecrets, mayHoldToken, withoutSecrets } from './find-secrets.ts';

/** Put together here, so that no scanner of repositories stumbles over this file. */
const githubToken = `ghp_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`;
const header = (kind: string) => `-----BEGIN ${kind}-----`;
const webToken = ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0NTY3ODkwIn0', 'dozjgNryP4J3jVmNHl0w5N_XgL0n3I9P'].join('.');

const rulesIn = async (text: string) => (await findSecrets(text)).map((it) => it.rule);

describe('secrets in a text', () => {
  it('are found with their line, and never repeated', async () => {
    const found = await findSecrets(`hello\ntoken ${githubToken}\n`);
    expect(found).toMatchObject([{ rule: 'github', line: 2 }]);
    expect(JSON.stringify(found)).not.toContain(githubToken);
  });

  it.each([
    ['basicauth', `https://ada:${'s3cret-Word'}@git.example.org/app`],
    ['connection-string', `redis://:${'hunter22'}@cache:6379/0`],
    ['connection-string', `amqp://builder:${'Hunt-er22'}@mq`],
    ['private-key', `${header('OPENSSH PRIVATE KEY')}\nnot even base64`],
    ['private-key', header('ENCRYPTED PRIVATE KEY')],
    ['private-key', header('EC PRIVATE KEY')],
    ['private-key', header('PGP PRIVATE KEY BLOCK')],
    ['private-key', '---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----'],
    ['private-key', 'PuTTY-User-Key-File-3: ssh-ed25519'],
    ['jwt', `it says ${webToken}`],
    ['authorization', `curl -H "Authorization: Bearer ${'0a1b2c3d4e5f'}" https://ci`],
    ['authorization', `{"authorization": "Basic ${'YWRhOmh1bnRlcg=='}"}`],
    ['password', `password=${'hunter2'}`],
    ['password', `Password: ${'Sunday2024'}`],
    ['password', `{"db_password": "${'correct#horse'}"}`],
    ['password', `DB_PASSWD='${'aB3dEf'}'`],
    ['password', `client_secret := ${'q8f7w6e5'}`],
    ['password', `mysql --user root --password ${'hunter2!'} app`],
    ['password', `Kennwort: ${'Sommer24'}`],
    ['token', `api_key=${'9f8e7d6c5b4a39281706'}`],
    ['token', `NPM_TOKEN: ${'q1w2e3r4t5y6u7i8'}`],
    ['token', `AccountKey=${'Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5'}==;`],
    ['gitlab', `glpat-${'a1B2c3D4e5F6g7H8i9J0'}`],
    ['aws', `id AKIA${'Q7RT2MZ4K8WN3VXP'}, you know`],
    ['aws', `ASIA${'Q7RT2MZ4K8WN3VXP'}`],
    ['openai', `sk-proj-${'a1B2c3D4e5F6g7H8i9J0k1L2'}`],
    ['anthropic', `x sk-ant-api03-${'a1B2c3D4e5F6g7H8i9J0k1L2'}`],
    ['slack', `xoxe-${'1-a1B2c3D4e5F6g7H8i9J0'}`],
    ['npm', `npm_${'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'}`],
    ['pypi', `pypi-${'AgEIcHlwaS5vcmcCJGExYjJjM2Q0'}`],
    ['google', `AIza${'SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q'}`],
    ['stripe', `sk_live_${'a1B2c3D4e5F6g7H8i9J0k1L2'}`],
  ])('are found: %s in %j', async (rule, text) => {
    expect(await rulesIn(text)).toEqual([rule]);
  });

  it.each([
    'Disk swap at 14:00; see commit 4f5e6d7c8b9a0f1e2d3c4b5a69788796a5b4c3d2',
    'password: $PASSWORD',
    'password={{ secrets.DB_PASSWORD2 }}',
    'password=$(cat /run/secret2)',
    'password: <your password>',
    'password: ***',
    'password=changeme1',
    'passwd: yesterday, by Ada',
    'the password: it was wrong',
    'pwd: /src/app2/build',
    'secret: process.env.SECRET2',
    'token: getToken(2)',
    'the lock has token 7, and token: 12',
    'job 01k9xq3w4e5r6t7y8v9j0p1a2s has token=01k9xq3w4e5r6t7y8v9j0p1a2s',
    'Authorization: Bearer $TOKEN_OF_CI',
    'postgres://app:$PASSWORD@db/app',
    'postgres://app:password@localhost/app',
    'git@github.com:acme/app.git and ssh://git@host:22/app',
    '-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEA\n-----END PUBLIC KEY-----',
    'cache key: npm-linux-9f8e7d6c5b4a',
    'glpat-xxxxxxxxxxxxxxxxxxxx and sk_live_xxxxxxxxxxxxxxxxxxxxxxxx',
    'AKIAIOSFODNN7EXAMPLE is the one of every manual',
    'task-proj-0123456789abcdefghijkl and desk-ant-colony-of-the-year-2024',
    'pypi-mirror, npm_config_registry, xoxb-your-token',
    'shared/messages/0a/01k9xq3w4e5r6t7y8v9j0p1a2s.json',
  ])('are not seen in %j', async (text) => {
    expect(await findSecrets(text)).toEqual([]);
  });

  it('cannot be hidden by a word for the scanner', async () => {
    expect(await rulesIn(`/* secretlint-disable */ ${githubToken} /* secretlint-enable */`)).toEqual(['github']);
  });

  it('are an AWS key beside its id as well, and both are taken out', async () => {
    const text = `AKIA${'Q7RT2MZ4K8WN3VXP'}\n${'wJa1rXUt9FEM2I7MDE8bPxRf6CYc3KEYq4z5T0vB'}\n`;

    expect(withoutSecrets(text, await findSecrets(text))).toBe('***REDACTED***\n***REDACTED***\n');
  });

  it('can be taken out, a key with its body', async () => {
    const text = `before ${header('RSA PRIVATE KEY')}\nMIIEow\n-----END RSA PRIVATE KEY-----\npassword=${'hunter2'} after`;
    expect(withoutSecrets(text, await findSecrets(text))).toBe('before ***REDACTED***\npassword=***REDACTED*** after');
  });

  it('are looked for without leaving anything behind, however often', async () => {
    const before = performance.getEntriesByType('mark').length;
    for (let at = 0; at < 5; at += 1) await findSecrets(`token ${githubToken}`);
    expect(performance.getEntriesByType('mark')).toHaveLength(before);
  });

  it('are looked for in a long text without ado, whatever it is made of', async () => {
    for (const part of [
      'password',
      `${header('PRIVATE KEY')} `,
      'eyJaaaaaaaa.',
      'a:/',
      '--token ',
      'authorization:  ',
      'AKIAQ7RT2MZ4K8WN3VXP ',
      'sk-proj-',
      'xoxb-1',
    ])
      expect(await findSecrets(part.repeat(200_000 / part.length))).toBeInstanceOf(Array);
  });
});

describe('a text that rules of services need not see', () => {
  const guid = '3f2504e0-4f89-41d3-9a0c-0305e82c3301';

  it.each([
    ['an id of ours and a digest', `01jd5x4m3k9q8w7e6r5t4y3v2z at ${'a1b2c3d4'.repeat(5)}`, false],
    ['the id of a build', `{"id": "${guid}"}`, false],
    ['what such an id is part of', `token-${guid}`, true],
    ['what is assigned', `key=${guid}`, true],
    ['a token', githubToken, true],
    ['a login in an address', 'https://ada:x@host', true],
  ])('is told by what it is: %s', (_, text, expected) => {
    expect(mayHoldToken(text)).toBe(expected);
  });
});
