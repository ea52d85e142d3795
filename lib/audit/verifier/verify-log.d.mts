/** Types of verify-log.mjs, which stays plain JavaScript so that it runs anywhere by itself. */
import type { KeyObject } from 'node:crypto';

export interface Key {
  name: string;
  keyHash: Buffer;
  publicKey: KeyObject;
}

export interface Head {
  origin: string;
  size: number;
  root: Buffer;
}

export class Wrong extends Error {
  index: number | null;
  constructor(index: number | null, words: string);
}

export function leafHash(text: string): Buffer;
export function nodeHash(left: Uint8Array, right: Uint8Array): Buffer;

export class Tree {
  size: number;
  append(leaf: Buffer): void;
  root(): Buffer;
}

export function verifyInclusion(
  leaf: Buffer,
  index: number,
  size: number,
  path: readonly Buffer[],
  root: Buffer,
): boolean;
export function verifyConsistency(
  older: number,
  newer: number,
  path: readonly Buffer[],
  olderRoot: Buffer,
  newerRoot: Buffer,
): boolean;

export function readKey(text: string): Key;
export function openNote(note: string, keys: readonly Key[]): string | null;
export function openCheckpoint(note: string, keys: readonly Key[]): Head | null;
export function splitNotes(text: string): string[];

export interface Verified {
  entries: number;
  signed: number;
  unsigned: number;
  checkpoints: number;
}

export class LogVerifier {
  readonly tree: Tree;
  readonly signed: number;
  constructor(keys: readonly Key[], kept?: readonly Head[]);
  line(line: string): void;
  place(index: number): void;
  entry(text: string, told: Buffer): void;
  checkpoint(note: string): void;
  reached(): void;
  finish(): Verified;
}

export function readLines(stream: AsyncIterable<Buffer>): AsyncGenerator<string>;
export function verifyProof(
  proof: unknown,
  keys: readonly Key[],
): { consistent: [number, number] } | { included: number; size: number };
