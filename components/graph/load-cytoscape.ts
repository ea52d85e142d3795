/** The drawing library: larger than all else on the page, so it comes by itself. */
export const loadCytoscape = () => import('cytoscape').then((loaded) => loaded.default);
