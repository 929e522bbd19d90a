/** Git's formats alone, for a program that speaks them without being a store: the embedded server. */
export { decodeCommit, encodeCommit } from './codec/commit.ts';
export { type GitObject, makeObject, type ObjectType } from './codec/object.ts';
export { isOid, NO_OID, type Oid } from './codec/oid.ts';
export { readPack } from './codec/pack-reader.ts';
export { type PackEntry, writePack } from './codec/pack-writer.ts';
export { DELIMITER, FLUSH, lineText, pktLine, readPktLines, readSection } from './codec/pkt-line.ts';
export { decodeTree, encodeTree, FOLDER, type TreeRow } from './codec/tree.ts';
