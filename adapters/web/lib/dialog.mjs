// A question in a <dialog>: the browser keeps the focus in it, closes it on Escape and gives the focus back.
import { html, render } from '../lit/lit-html.js';
import { t } from './i18n.mjs';

// body: a template. actions: [{ value, label, isMain }]. Resolves with the value of the button, or null.
export function ask({ title, body, actions }) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'dialog-title');
  document.body.append(dialog);
  const opener = document.activeElement;
  render(html`<form method="dialog">
    <header><h2 id="dialog-title">${title}</h2></header>
    <div class="dialog-body" tabindex="0" role="group" aria-labelledby="dialog-title">${body}</div>
    <footer>
      <button class="button" value="" type="submit">${t('action.cancel')}</button>
      ${actions.map((action) => html`<button class="button ${action.isMain ? 'is-main' : ''}" value=${action.value} type="submit"
        ?disabled=${action.isDisabled}>${action.label}</button>`)}
    </footer>
  </form>`, dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      const { returnValue } = dialog;
      dialog.remove();
      opener?.focus?.();
      resolve(returnValue || null);
    });
  });
}

// For a box beside each of many in a dialog: ticked, its value is among the chosen, and the main button tells how many are.
export const ticking = (chosen, label) => (value) => ({ target }) => {
  if (target.checked) chosen.add(value);
  else chosen.delete(value);
  const main = target.form.querySelector('.is-main');
  main.textContent = label(chosen.size);
  main.disabled = chosen.size === 0;
};
