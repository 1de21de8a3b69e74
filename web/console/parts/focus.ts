/** To be called where what has the focus may go: then it is on the page, and not before everything. */
export function keepFocus(before = document.activeElement): void {
  requestAnimationFrame(() => {
    if (before && !before.isConnected && document.activeElement === document.body) document.getElementById('main')?.focus();
  });
}
