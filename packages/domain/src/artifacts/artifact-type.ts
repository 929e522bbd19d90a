/** Sorts of artifacts by their names, as people ask for them: `debs`, `nupkg`, `zip`. */
const TYPES: readonly (readonly [string, RegExp])[] = [
  ['debs', /\.u?deb$/i],
  ['rpms', /\.rpm$/i],
  ['nupkg', /\.s?nupkg$/i],
  ['jar', /\.[jwe]ar$/i],
  ['wheel', /\.whl$/i],
  ['tar', /\.(?:tar(?:\.\w{1,4})?|tgz|tbz2?|txz|tzst)$/i],
  ['zip', /\.zip$/i],
  ['exe', /\.(?:exe|msi|appimage)$/i],
  ['library', /\.(?:dll|so(?:\.[\d.]+)?|dylib|a|lib)$/i],
  ['image', /\.(?:iso|img|qcow2|dmg|pkg)$/i],
];

/** Besides the sorts: everything. */
export const ALL_TYPES = 'all';
export const ARTIFACT_TYPES: readonly string[] = [...TYPES.map(([name]) => name), 'other'];

export const artifactType = (path: string): string => TYPES.find(([, pattern]) => pattern.test(path))?.[0] ?? 'other';

export const isOfType = (path: string, type: string): boolean => type === ALL_TYPES || artifactType(path) === type;

/** The sort that was meant: in any case, one or many of it. undefined: there is none such. */
export function artifactTypeNamed(word: string): string | undefined {
  const wanted = word.toLowerCase();
  const found = [ALL_TYPES, ...ARTIFACT_TYPES].find(
    (it) => it === wanted || `${it}s` === wanted || it === `${wanted}s`,
  );
  return found ?? (artifactType(`x.${wanted}`) === 'other' ? undefined : artifactType(`x.${wanted}`));
}
