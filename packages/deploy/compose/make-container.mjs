/**
 * Makes a container of Azure Blob Storage where there is none: node make-container.mjs <address> <file of the key>
 * https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key says what is signed.
 */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';

const [address = '', file = ''] = process.argv.slice(2);
const { pathname } = new URL(address);
const [, account = ''] = pathname.split('/');
const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
const headers = { 'x-ms-date': new Date().toUTCString(), 'x-ms-version': '2021-12-02' };

// Of the eleven standard headers none is sent. Where an address begins with its account, that stands in it twice.
const said = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`);
const signed = `PUT${'\n'.repeat(12)}${said.join('')}/${account}${pathname}\nrestype:container`;
const signature = createHmac('sha256', key).update(signed).digest('base64');
const authorization = `SharedKey ${account}:${signature}`;

const { status } = await fetch(`${address}?restype=container`, {
  method: 'PUT',
  headers: { ...headers, authorization },
});
if (status !== 201 && status !== 409) {
  console.error(`${address} was not made: HTTP ${status}`);
  process.exit(1);
}
