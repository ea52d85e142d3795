import { detectionKind } from '@/lib/detection/kinds';

/** The facts behind kinds of evidence: an address and its prefix are one fact; a card and a phone are two. */
export function independentKinds(kinds: readonly string[]): Set<string> {
  const facts = kinds.map((kind) => {
    const { family } = detectionKind(kind);
    return family === 'identity' ? kind : family;
  });
  return new Set(facts.filter((fact) => fact !== 'context'));
}
