// Dragging by pointer: begins after 5 px, so a click stays a click; Escape and a lost pointer put it back. On a touch screen
// a finger scrolls, and moves nothing: the panel's list does there what dragging does here (WCAG 2.5.7).

const FAR = 5;

// find: element -> what is dragged, or null. begin(what, element), over(element, event), drop(element), cancel().
export function enableDrag(root, { find, begin, over, drop, cancel }) {
  let start = null;
  let isDragging = false;

  const end = () => {
    start = null;
    isDragging = false;
    root.classList.remove('is-dragging');
  };

  root.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || event.pointerType === 'touch') return;
    const element = event.target.closest('[data-drag]');
    const what = element && find(element);
    if (what) start = { what, element, x: event.clientX, y: event.clientY, id: event.pointerId };
  });
  root.addEventListener('pointermove', (event) => {
    if (!start || event.pointerId !== start.id) return;
    if (!isDragging) {
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < FAR) return;
      isDragging = true;
      root.classList.add('is-dragging');
      root.setPointerCapture(start.id);
      begin(start.what, start.element);
    }
    event.preventDefault();
    over(document.elementFromPoint(event.clientX, event.clientY), event);
  });
  root.addEventListener('pointerup', (event) => {
    if (!start) return;
    const wasDragging = isDragging;
    end();
    if (!wasDragging) return;
    // The click that follows a drag is not meant.
    const swallow = (click) => click.stopPropagation();
    root.addEventListener('click', swallow, { capture: true });
    setTimeout(() => root.removeEventListener('click', swallow, { capture: true }), 0);
    drop(document.elementFromPoint(event.clientX, event.clientY));
  });
  root.addEventListener('pointercancel', () => {
    const wasDragging = isDragging;
    end();
    if (wasDragging) cancel();
  });
  addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !isDragging) return;
    end();
    cancel();
  });
}
