// A page's state: one object, changed by set(), drawn once a frame however often it changes.

export function createStore(state, draw) {
  let isDue = false;
  const drawNow = () => {
    isDue = false;
    draw(state);
  };
  return {
    state,
    set(changes) {
      Object.assign(state, changes);
      if (isDue) return;
      isDue = true;
      requestAnimationFrame(drawNow);
    },
    // For what must be on the page before the next line, such as moving the focus to it.
    drawNow,
  };
}
