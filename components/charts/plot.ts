/** Pixels of a timeline's plot, known before the chart itself has come. */
export const PLOT_LEFT = 44;
export const PLOT_HEIGHT = 224;
