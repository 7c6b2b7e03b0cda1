// What must be true of every page at every size, and can be measured: nothing is wider than the screen, no text is cut off or
// runs out of its box, what a finger must meet is 44 px high. Runs in the page: faultsOf is handed over as it stands.
export function faultsOf({ isTouch }) {
  const faults = [];
  const least = 44;
  const root = document.documentElement;
  const isSeen = (element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true, contentVisibilityAuto: true }) && !element.closest('.unseen, .skip, .is-stacked thead, svg');
  };
  const name = (element) => `${element.tagName.toLowerCase()}${element.className ? `.${String(element.className).trim().replace(/\s+/g, '.')}` : ''} "${element.textContent.trim().replace(/\s+/g, ' ').slice(0, 40)}"`;
  if (root.scrollWidth > innerWidth) faults.push(`the page is ${root.scrollWidth - innerWidth} px wider than the screen`);
  const scrolls = (element) => ['auto', 'scroll'].includes(getComputedStyle(element).overflowX);
  for (const element of document.body.querySelectorAll('*')) {
    if (!isSeen(element) || scrolls(element)) continue;
    const style = getComputedStyle(element);
    const ownText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    // One pixel is what rounding makes.
    if (ownText && style.display !== 'inline' && element.clientWidth > 0 && element.scrollWidth > element.clientWidth + 1) faults.push(`cut off by ${element.scrollWidth - element.clientWidth} px: ${name(element)}`);
    const card = element.closest('.card, dialog');
    if (card && card !== element && !element.closest('.scroll-x, .dialog-body')) {
      const inner = element.getBoundingClientRect();
      const outer = card.getBoundingClientRect();
      const out = Math.max(inner.right - outer.right, outer.left - inner.left);
      if (out > 1) faults.push(`${Math.round(out)} px out of its card: ${name(element)}`);
    }
    if (ownText && style.overflowY === 'hidden' && element.scrollHeight > element.clientHeight + 2) faults.push(`cut off below by ${element.scrollHeight - element.clientHeight} px: ${name(element)}`);
    if (isTouch && element.matches('button, select, summary, input, a[href]') && style.display !== 'inline') {
      const target = element.closest('label') ?? element;
      const box = target.getBoundingClientRect();
      if (box.height < least - 0.5 || box.width < Math.min(least, 24)) faults.push(`${Math.round(box.width)} × ${Math.round(box.height)} px for a finger: ${name(element)}`);
    }
  }
  return [...new Set(faults)];
}
