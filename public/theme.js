// Runs before the first paint: without a chosen theme the page follows the system, also when the system changes.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const follow = () => {
    if (/(?:^|; )weir_theme=(light|dark)/.test(document.cookie)) return;
    document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light';
  };
  follow();
  dark.addEventListener('change', follow);
})();
