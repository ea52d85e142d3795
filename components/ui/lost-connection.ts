/** An act whose answer did not arrive: it may have been done, and to say otherwise would be a guess. */
export const LOST_CONNECTION =
  'No answer came: the connection was lost, so it may or may not be saved. Look again before you try again.';
