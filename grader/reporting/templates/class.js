"use strict";
(() => {
  const table = document.getElementById("students");
  const controls = document.getElementById("controls");
  if (!table || !controls) return;
  const body = table.tBodies[0];
  const rows = Array.from(body.rows, (row) => ({ row, text: row.textContent.toLowerCase() }));
  const search = document.getElementById("search");
  const status = document.getElementById("status");
  const count = document.getElementById("count");
  const show = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { row, text } of rows) {
      row.hidden = !words.every((word) => text.includes(word)) ||
        (status.value !== "" && row.dataset.status !== status.value && !(status.value === "late" && row.dataset.late));
      shown += !row.hidden;
    }
    count.textContent = `${shown} of ${rows.length}`;
  };
  const value = (row, column) => {
    const cell = row.cells[column];
    return "v" in cell.dataset ? Number(cell.dataset.v) : cell.textContent.trim().toLowerCase();
  };
  const compare = (one, other) =>
    typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other));
  for (const head of table.tHead.querySelectorAll("th")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const down = head.getAttribute("aria-sort") === "ascending";
      for (const other of table.tHead.querySelectorAll("th")) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", down ? "descending" : "ascending");
      const keyed = rows.map((one) => [value(one.row, head.cellIndex), one]);
      keyed.sort(([one], [other]) => (down ? compare(other, one) : compare(one, other)));
      body.append(...keyed.map(([, one]) => one.row));
    });
  }
  search.addEventListener("input", show);
  status.addEventListener("change", show);
  controls.hidden = false;
  show();
})();
