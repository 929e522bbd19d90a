/** `package-lock.json` and `npm-shrinkwrap.json` of npm 7 and later: every package by the folder in which it lies. */
import { baseName, type Component, fieldsOf, hashesFrom, type LockReader, textOf } from './component.ts';

export const npmLock: LockReader = {
  reads: (path) => ['package-lock.json', 'npm-shrinkwrap.json'].includes(baseName(path)),
  components: (files) =>
    files.flatMap(({ text }) => Object.entries(fieldsOf(fieldsOf(JSON.parse(text)).packages)).flatMap(componentAt)),
};

function componentAt([folder, value]: [string, unknown]): Component[] {
  const entry = fieldsOf(value);
  const at = folder.lastIndexOf('node_modules/');
  // What lies elsewhere is a part of the repository itself, and a link leads to one.
  if (at < 0 || entry.link === true) return [];
  const name = textOf(entry.name) ?? folder.slice(at + 'node_modules/'.length);
  const scope = entry.dev === true ? 'excluded' : entry.optional === true ? 'optional' : 'required';
  return [{ name, version: textOf(entry.version), ecosystem: 'npm', scope, hashes: hashesFrom(entry.integrity) }];
}
