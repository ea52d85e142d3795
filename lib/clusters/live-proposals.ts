/** States of a proposal that hold its cluster confirmed until it ends. */
export const LIVE_PROPOSALS = ['waiting', 'approved', 'running', 'paused'] as const;
