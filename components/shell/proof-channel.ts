/** How a tab in which somebody proved who they are tells the others of this browser. */
export const PROOF_CHANNEL = 'weir-proof';
