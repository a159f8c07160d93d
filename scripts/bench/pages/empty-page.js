/** The empty page of performance.md section 4 ("bare counter"): a key changes one line of text, nothing else. */
const state = document.getElementById('state');
let count = 0;
state.tabIndex = 0;
const show = () => {
  state.textContent = String(count);
  state.setAttribute('aria-activedescendant', `count-${count}`);
};
state.addEventListener('keydown', (event) => {
  event.preventDefault();
  count += 1;
  show();
});
show();
state.focus();
