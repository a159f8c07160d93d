/** The floor of performance.md section 4: 10,000 rows, a window of them made by hand, no library. */
const ROWS = 10_000;
const ROW_PX = 36;
const OVERSCAN = 4;
const CELLS = ['Routine', '', '', 'Cardiology/Heart Failure', 'Not booked', '14 d', ''];

const grid = document.getElementById('state');
const inner = document.createElement('div');
const shown = new Map();
let selected = 0;

grid.textContent = '';
grid.tabIndex = 0;
grid.style.cssText = 'height: 700px; overflow: auto; position: relative; margin: 0; font: 16px sans-serif';
inner.style.cssText = `height: ${ROWS * ROW_PX}px; position: relative`;
grid.append(inner);

function makeRow(index) {
  const row = document.createElement('div');
  row.id = `row-${index}`;
  row.setAttribute('role', 'row');
  row.style.cssText = `position: absolute; top: 0; height: ${ROW_PX}px; display: flex; gap: 16px`;
  row.style.transform = `translateY(${index * ROW_PX}px)`;
  const number = String(9_990_000_000 + index);
  for (const text of CELLS.toSpliced(1, 2, `Patient ${index}`, number)) {
    const cell = document.createElement('div');
    cell.setAttribute('role', 'gridcell');
    cell.textContent = text;
    row.append(cell);
  }
  return row;
}

function render() {
  const first = Math.max(0, Math.floor(grid.scrollTop / ROW_PX) - OVERSCAN);
  const last = Math.min(ROWS - 1, Math.ceil((grid.scrollTop + grid.clientHeight) / ROW_PX) + OVERSCAN);
  for (const [index, row] of shown) {
    if (index >= first && index <= last) continue;
    row.remove();
    shown.delete(index);
  }
  for (let index = first; index <= last; index += 1) {
    if (!shown.has(index)) shown.set(index, inner.appendChild(makeRow(index)));
    const isSelected = index === selected;
    shown.get(index).setAttribute('aria-selected', String(isSelected));
    shown.get(index).style.background = isSelected ? '#ffeb3b' : '';
  }
}

function select(index) {
  selected = Math.min(ROWS - 1, Math.max(0, index));
  const top = selected * ROW_PX;
  if (top < grid.scrollTop) grid.scrollTop = top;
  const below = top + ROW_PX - grid.clientHeight;
  if (below > grid.scrollTop) grid.scrollTop = below;
  render();
  grid.setAttribute('aria-activedescendant', `row-${selected}`);
}

grid.addEventListener('scroll', render);
grid.addEventListener('keydown', (event) => {
  event.preventDefault();
  select(selected + (event.key === 'ArrowDown' ? 1 : -1));
});
select(0);
grid.focus();
