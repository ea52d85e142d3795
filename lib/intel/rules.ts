/** Pure decisions about campaigns and attribution. */
import type { EvidenceSide, HypothesisState } from './schema';

/** "CA-3". */
export const campaignRef = (id: number): string => `CA-${id}`;

/** "S-5". */
export const shareRef = (id: number): string => `S-${id}`;

/** How sure, in the words of STIX 2.1, appendix A ("None / Low / Med / High"): 0, 1 to 29, 30 to 69, 70 to 100. */
export function confidenceWords(confidence: number): 'none' | 'low' | 'medium' | 'high' {
  if (confidence <= 0) return 'none';
  if (confidence < 30) return 'low';
  return confidence < 70 ? 'medium' : 'high';
}

/** Why a hypothesis may not become what the campaign is attributed to, or null. An opinion without anything that
 * speaks for it is none. */
export function attributionObjection(
  evidence: readonly { side: EvidenceSide; withdrawn: boolean }[],
  confidence: number,
): string | null {
  if (!evidence.some((item) => item.side === 'for' && !item.withdrawn))
    return 'Nothing speaks for it yet. Add evidence for it before the campaign is attributed to it.';
  if (confidence < 30)
    return 'A confidence below 30 is low: leave it a hypothesis, or say why you are surer.';
  return null;
}

const STATE_ORDER: Record<HypothesisState, number> = { attributed: 0, standing: 1, withdrawn: 2 };

/** Attributed first, withdrawn last, the surest before the others, then the older. */
export function compareHypotheses(
  a: { state: HypothesisState; confidence: number; id: number },
  b: { state: HypothesisState; confidence: number; id: number },
): number {
  return STATE_ORDER[a.state] - STATE_ORDER[b.state] || b.confidence - a.confidence || a.id - b.id;
}
